"""What holds for all the code at once."""

import ast
import re
from pathlib import Path

import pytest
from celery import current_app

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for package in ("consular", "visas", "embassy")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]


def sources(*patterns: str):
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        if any(re.search(pattern, text) for pattern in patterns):
            yield str(path.relative_to(ROOT)), text


def test_nothing_publishes_to_the_broker_but_the_dispatcher():
    allowed = {"consular/outbox/actions/hand_out.py", "consular/outbox/dispatcher.py"}
    found = {name for name, _ in sources(r"\.delay\(", r"\.apply_async\(", r"send_task\(")}
    assert found <= allowed


def test_mail_is_sent_by_the_delivery_alone():
    found = {
        name for name, _ in sources(r"\bsend_mail\(\s*[\"']", r"EmailMessage\(", r"EmailMultiAlternatives\(")
    }
    assert all(name.startswith("consular/notifications/") for name in found), found


def test_only_move_writes_the_status_of_a_case():
    writers = {name for name, _ in sources(r"\bcase\.status\s*=[^=]", r"case\.status, ")}
    assert writers <= {"consular/cases/actions/move.py"}


def test_nothing_marks_text_safe_that_people_wrote():
    found = {name for name, _ in sources(r"mark_safe\(", r"\bSafeString\(")}
    assert found <= {"consular/ui/templatetags/ui.py"}, found  # `letter`, which escapes first
    unsafe = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text(encoding="utf-8"))
    ]
    assert unsafe == []


def test_every_task_has_its_own_stable_name():
    import embassy  # noqa: F401

    current_app.loader.import_default_modules()
    ours = [name for name in current_app.tasks if not name.startswith("celery.")]
    assert ours
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", name) for name in ours), ours


def test_rooms_are_small_enough_to_see_at_a_glance():
    long = {
        str(p.relative_to(ROOT)): n for p in CODE if (n := p.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


def test_functions_are_small():
    """The 95th percentile of functions is under 45 lines."""
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[int(len(lengths) * 0.95)] < 45
    assert lengths[len(lengths) // 2] <= 9


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "coming " + "soon"])
def test_nothing_is_left_for_later(word):
    assert [name for name, _ in sources(word)] == []
