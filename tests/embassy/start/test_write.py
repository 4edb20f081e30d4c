"""The folder of another state: what is written, and which wishes are refused."""

import io

import pytest
from django.core.management import CommandError, call_command

from embassy.settings import identity
from embassy.start.actions import WrongWishError, write
from embassy.start.actions.write import has_own_colours, is_placeholder
from tests.embassy.start.conftest import ostrania


def test_what_is_written_can_be_used_at_once(folder):
    found = identity.read(folder)
    assert (found.alpha2, found.alpha3, found.mrz, found.languages) == ("QX", "QXO", "QXO", ("en", "fa"))
    assert found.names == {"en": "Virtual Embassy of Ostrania", "fa": "سفارت مجازی Ostrania"}
    assert not found.demonstration


def test_the_emblem_and_the_colours_are_known_to_be_nobodys_yet(folder):
    found = identity.read(folder)
    assert is_placeholder(found)
    assert not has_own_colours(found)


def test_writing_again_changes_nothing(folder):
    file = folder / "identity.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("QXO", "QXA"), encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    assert write(folder, ostrania(state="Elsewhere")) is False
    assert file.read_text(encoding="utf-8") == before


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear …")
    with pytest.raises(WrongWishError, match="holds something else"):
        write(tmp_path, ostrania())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WrongWishError, match="holds something else"):
        write(tmp_path / "file", ostrania())


def test_a_real_state_gets_its_own_codes_and_names(tmp_path):
    write(tmp_path / "de", ostrania(state="Germany", alpha2="de", languages=["en", "fr", "es"]))
    found = identity.read(tmp_path / "de")
    assert (found.alpha2, found.alpha3, found.mrz) == ("DE", "DEU", "D")
    assert found.state == {"en": "Germany", "fr": "Allemagne", "es": "Alemania"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"alpha2": "QA1"}, "neither a state's"),
        ({"alpha2": "11"}, "neither a state's"),
        ({"alpha2": ""}, "neither a state's"),
        ({"alpha2": "QL"}, "neither a state's"),
        ({"alpha2": "DE", "alpha3": "FRA"}, "are DEU"),
        ({"alpha2": "XX", "alpha3": "XXA"}, "is not free"),
        ({"alpha3": "DEU"}, "is not free"),
        ({"state": "新国"}, "is not free"),
        ({"state": ""}, "--alpha3|--state"),
        ({"state": "   ", "alpha3": "QXO"}, "--state"),
        ({"state": "Two\nlines", "alpha3": "QXO"}, "--state"),
        ({"state": "O" * 200}, "--state"),
        ({"languages": ["en", "de"]}, "--languages: de"),
        ({"languages": ["fa"]}, "en must be among them"),
        ({"languages": []}, "--languages"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(tmp_path, changes, words):
    with pytest.raises(WrongWishError, match=words):
        write(tmp_path / "new", ostrania(**changes))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("state", ['O"Neill', "A & <b>", "Back\\slash", "It's", "{languages}"])
def test_a_name_is_written_as_it_is(tmp_path, state):
    write(tmp_path / "new", ostrania(state=state, alpha3="QXO"))
    assert identity.read(tmp_path / "new").state["en"] == state


@pytest.mark.django_db
def test_the_command_writes_the_folder_and_says_how_to_go_on(tmp_path):
    said = io.StringIO()
    call_command("start_embassy", str(tmp_path / "new"), state="Ostrania", code="QX", stdout=said)
    assert "--head" in said.getvalue()
    assert (tmp_path / "new/identity.toml").is_file()


@pytest.mark.django_db
def test_the_command_tells_what_is_wrong_in_one_line(tmp_path):
    with pytest.raises(CommandError, match="neither a state's"):
        call_command("start_embassy", str(tmp_path / "new"), state="Ostrania", code="??")
