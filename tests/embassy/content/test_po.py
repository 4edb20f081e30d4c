"""A page goes to translators as a PO file and comes back as a draft."""

import polib
import pytest
from hypothesis import given, strategies as st

from embassy.content import actions, pieces, po
from embassy.content.models import Revision
from embassy.content.po import UnusableError
from embassy.content.status import State
from tests.factories.content import ApprovedFactory, NodeFactory

BODY = """First paragraph.

## A heading

- one
- two

:::warning
Careful.
:::

:::details What if
Then this.

And that.
:::

| a | b |
| - | - |
| 1 | 2 |"""
lines = st.sampled_from(
    [
        "",
        "  ",
        "text",
        "## head",
        "- item",
        "  - inner",
        ":::",
        ":::warning",
        ":::details A title",
        ":::steps",
        "a:::b",
    ]
)


@pytest.fixture
def source(db):
    return ApprovedFactory(node=NodeFactory(path="citizens"), body=BODY)


def translated(text, mark="fa: "):
    file = polib.pofile(text)
    for entry in file:
        entry.msgstr = mark + entry.msgid
    return str(file).encode()


@given(st.lists(lines, max_size=12).map("\n".join))
def test_a_text_cut_in_pieces_and_put_together_is_the_same(text):
    assert "".join(pieces.cut(text)) == text
    assert pieces.put_together(text, pieces.words(text)) == text


def test_blocks_are_cut_so_that_a_translator_cannot_break_them():
    assert pieces.words(BODY) == [
        "First paragraph.",
        "## A heading",
        "- one\n- two",
        "Careful.",
        "What if",
        "Then this.",
        "And that.",
        "| a | b |\n| - | - |\n| 1 | 2 |",
    ]


def test_a_page_comes_back_as_a_draft_of_the_text_that_it_was_made_from(source, persian):
    file = translated(po.write(source, "fa"))
    draft = actions.bring_in(source.node, "fa", file, by=persian)
    assert (draft.state, draft.title, draft.translates) == (State.DRAFT, "fa: Lost passport", source)
    assert draft.body == pieces.put_together(BODY, [f"fa: {words}" for words in pieces.words(BODY)])
    assert ":::details fa: What if\nfa: Then this." in draft.body


def test_importing_again_goes_on_with_the_same_draft(source, persian):
    first = actions.bring_in(source.node, "fa", translated(po.write(source, "fa")), by=persian)
    again = actions.bring_in(source.node, "fa", translated(po.write(source, "fa"), "2: "), by=persian)
    assert (again.pk, again.version, again.title) == (first.pk, 2, "2: Lost passport")


def test_what_has_not_changed_is_filled_in_when_a_page_is_exported_again(source, persian):
    current = actions.bring_in(source.node, "fa", translated(po.write(source, "fa")), by=persian)
    newer = ApprovedFactory(node=source.node, body=BODY.replace("Careful.", "Be careful."))
    file = polib.pofile(po.write(newer, "fa", current))
    assert [entry.msgid for entry in file.untranslated_entries()] == ["Be careful."]
    assert file.find("First paragraph.").msgstr == "fa: First paragraph."


def changed(text, change):
    file = polib.pofile(text)
    change(file)
    return str(file).encode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda text: b"", "no PO file"),
        (lambda text: b"\0" + text, "no PO file"),
        (lambda text: b"/etc/passwd msgid", "no PO file"),
        (lambda text: b'msgid "a\nmsgstr', "no PO file"),
        (lambda text: b"\xff\xfe msgid \n" + text, "no PO file"),
        (lambda text: text + b"# " + b"x" * 1_000_000, "no PO file"),
        (
            lambda text: text.replace(b"X-Embassy-Page: citizens", b"X-Embassy-Page: visas"),
            "another page: visas",
        ),
        (lambda text: text.replace(b"Language: fa", b"Language: ar"), "another language: ar"),
        (lambda text: text.replace(b"X-Embassy-Source: ", b"X-Embassy-Source: 9"), "has changed since"),
        (lambda text: text.replace(b'msgid "Careful."', b'msgid "Careless."'), "not those of the page"),
        (lambda text: text.replace(b'msgstr "fa: Careful."', b'msgstr ""'), "Not translated yet"),
        (
            lambda text: text.replace(b'msgctxt "citizens#title"', b'#, fuzzy\nmsgctxt "citizens#title"'),
            "fuzzy: 1",
        ),
        (lambda text: text.replace(b"fa: Careful.", "a\u202eb".encode()), "cannot be seen"),
        (lambda text: text.replace(b"fa: Lost", b"x" * 201), "200"),
        (lambda text: text.replace(b"fa: Careful.", b"x" * 60_000), "must be 60000 characters or fewer"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(source, persian, file, words):
    good = translated(po.write(source, "fa"))
    with pytest.raises(UnusableError) as unusable:
        actions.bring_in(source.node, "fa", file(good), by=persian)
    assert words in str(unusable.value)
    assert not Revision.objects.filter(language="fa").exists()
