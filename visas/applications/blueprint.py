"""The visa questionnaire that the portal comes with: the files of data/visa_questionnaire, put together.

`form.json` has the title, the names that conditions may use beside the answers, and the order of the `parts`;
each part is a file with its sections and the checks of their answers, `declaration.json` the last page.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "visa_questionnaire"

Table = dict[str, Any]


def content() -> Table:
    """Return the questionnaire as `consular.questionnaires.schema.parse` reads it."""
    form = _read("form")
    parts = [_read(name) for name in form.pop("parts")]
    return {
        **form,
        "sections": [section for part in parts for section in part["sections"]],
        **_read("declaration"),
        "checks": [check for part in parts for check in part.get("checks", ())],
    }


def _read(name: str) -> Table:
    found: Table = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found
