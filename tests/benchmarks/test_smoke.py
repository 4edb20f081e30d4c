"""The benchmarks are complete: without running them."""

import importlib
from pathlib import Path

import pytest

import benchmarks
from benchmarks.__main__ import OPERATIONS
from benchmarks.table import Row, table

FOLDER = Path(benchmarks.__file__).parent


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_can_run_and_is_described(name):
    assert callable(importlib.import_module(f"benchmarks.operations.{name}").run)
    assert f"operations/{name}.py" in (FOLDER / "README.md").read_text()


def test_no_operation_is_forgotten():
    modules = {path.stem for path in (FOLDER / "operations").glob("[a-z]*.py")}
    assert modules == set(OPERATIONS)


def test_a_goal_is_met_from_its_own_side():
    assert Row("page", "", "", 0.8, 0.7, more_is_better=True).is_met
    assert not Row("save", "", "", 2.1, 2).is_met
    assert Row("for information", "", "", 5).is_met is None


def test_the_table_is_markdown():
    lines = table([Row("save", "2 ms", "1 ms", 2, 3)]).splitlines()
    assert lines[2].split() == [
        "|",
        "save",
        "|",
        "2",
        "ms",
        "|",
        "1",
        "ms",
        "|",
        "2.00",
        "|",
        "≤",
        "3",
        "|",
        "yes",
        "|",
    ]
    assert len(set(map(len, lines))) == 1
