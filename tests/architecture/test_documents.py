"""The documents say what the code says."""

import re
from pathlib import Path

from django.utils.translation import override

from consular.cases.status import MOVES, Status
from visas.applications.corrections import CHANGES, Part

ROOT = Path(__file__).resolve().parents[2]


def moves_as_markdown() -> str:
    with override("en"):
        rows = [
            f"| `{before}` | `{after}` | {', '.join(sorted(str(mover.label) for mover in movers))} |"
            for (before, after), movers in MOVES.items()
        ]
    return "\n".join(["| from | to | who |", "| --- | --- | --- |", *rows])


def test_the_table_of_moves_in_the_documents_is_the_one_in_the_code():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert moves_as_markdown() in text, f"Put this into docs/architecture.md:\n{moves_as_markdown()}"


def corrections_as_markdown() -> str:
    with override("en"):
        rows = [
            f"| `{status}` | {'; '.join(str(part.label) for part in Part if part in CHANGES[status]) or 'nothing'} |"
            for status in Status
        ]
    return "\n".join(["| state | may be changed |", "| --- | --- |", *rows])


def test_the_table_of_corrections_in_the_documents_is_the_one_in_the_code():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert corrections_as_markdown() in text, (
        f"Put this into docs/architecture.md:\n{corrections_as_markdown()}"
    )


def test_every_setting_is_documented():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "embassy/settings").glob("*.py"))
    names = set(re.findall(r"env\.(?:text|flag|words|number|database|smtp)\(\s*\"([A-Z0-9_]+)\"", code))
    names |= {"DATABASE_URL", "SMTP_URL"}
    text = (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8")
    assert sorted(name for name in names if f"PORTAL_{name}" not in text) == []


def test_links_between_documents_lead_somewhere():
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
