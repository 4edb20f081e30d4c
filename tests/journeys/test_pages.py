"""A page is written, translated, read by a second person, and there for its readers."""

from pathlib import Path

import polib
import pytest
from django.urls import reverse

from embassy.content.models import Node
from embassy.demo import pages
from tests.journeys.steps import staff_signs_in

pytestmark = pytest.mark.browser

EDITOR, TRANSLATOR, APPROVER = (
    f"{name}@velmaris.example.org" for name in ("editor", "translator.fa", "approver")
)
TEXT = "Pack your papers.\n\n:::steps\n1. Look at the tides.\n2. Cross before noon.\n:::\n\n[Visas](/visas/)"


@pytest.fixture
def site(demo):
    """Furnish the site with its pages."""
    pages.load()


def at(visitor, name, *args):
    visitor.visit(visitor.address(f"admin:content:{name}", *args))


def approve(visitor, path, language):
    """Read what waits, see it as readers will, approve it."""
    at(visitor, "page", Node.objects.get(path=path).pk)
    text = Node.objects.get(path=path).revisions.get(language=language, state="review")
    at(visitor, "text", text.pk)
    visitor.picture(f"read-{language}")
    preview = visitor.site + reverse("website:preview", args=[text.pk]).replace("/en/", f"/{language}/", 1)
    with visitor.page.expect_response(preview):
        visitor.page.goto(preview)
    assert text.title in visitor.page.locator("h1").inner_text()
    at(visitor, "text", text.pk)
    visitor.press("Approve")


def test_an_editor_writes_an_approver_approves_and_readers_see_it(site, visitor):
    editor = visitor("en")
    staff_signs_in(editor, EDITOR)
    editor.go("admin:content_node_add")
    editor.fill(path="visas/tides")
    with editor.page.expect_navigation():
        editor.page.locator('input[name="_save"]').click()
    editor.look()
    node = Node.objects.get(path="visas/tides")
    at(editor, "write", node.pk, "en")
    editor.fill(
        title="Crossing by the causeway", summary="When the road is dry.", body=TEXT, reason="New page"
    )
    editor.press("Save and hand in for approval")
    editor.picture("handed-in")

    reader = visitor("fa")
    assert reader.page.goto(f"{reader.site}/fa/visas/tides/").status == 404

    approver = visitor("en")
    staff_signs_in(approver, APPROVER)
    approve(approver, "visas/tides", "en")

    reader.visit(f"{reader.site}/fa/visas/tides/")
    assert reader.sees("Crossing by the causeway")
    assert reader.page.locator("main .govuk-inset-text").count() == 1
    assert reader.page.locator('main a[href="/fa/visas/"]').count() == 1
    reader.visit(f"{reader.site}/fa/visas/tides/history/")
    assert reader.sees("New page")


def test_a_translator_takes_a_page_away_and_brings_it_back(site, visitor, tmp_path: Path):
    node = Node.objects.get(path="news/consular-day-port-sabel")
    translator = visitor("fa")
    staff_signs_in(translator, TRANSLATOR)
    at(translator, "page", node.pk)
    file = polib.pofile(str(translator.download("Export for translators (PO)")))
    for entry in file:
        entry.msgstr = f"ترجمه {entry.msgid}"
    file.save(str(tmp_path / "done.po"))
    at(translator, "bring_in", node.pk, "fa")
    translator.give("file", tmp_path / "done.po")
    translator.press("Import the translation")
    translator.press("Hand in for approval")

    approver = visitor("en")
    staff_signs_in(approver, APPROVER)
    approve(approver, node.path, "fa")

    reader = visitor("fa")
    reader.visit(f"{reader.site}/fa/{node.path}/")
    assert "ترجمه" in reader.page.locator("h1").inner_text()
    assert reader.page.locator("main .govuk-inset-text").count() == 0


KINDS = ["", "citizens", "visas/photograph", "news", "news/osmark-floods", "faq", "faq/visas/faster", "visas"]


def test_every_kind_of_page_is_fit_to_be_read(site, visitor):
    for reader in (visitor("en"), visitor("fa"), visitor("ar"), visitor("en", width=1280, height=800)):
        for path in [*KINDS, "visas/photograph/history"]:
            reader.visit("/".join(part for part in (reader.site, reader.language, path) if part) + "/")
            reader.picture(path.replace("/", "-") or "home")
