"""Machine-readable zones: the examples of ICAO Doc 9303, and round trips of made-up people."""

import datetime as dt
import string

import pytest
from hypothesis import given, strategies as st

from consular.lib import mrz

TODAY = dt.date(2026, 11, 24)

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
LARGER_CARD = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
VISA_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226B<<<<<<<")
VISA_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226")
SPECIMENS = {"TD3": PASSPORT, "TD1": CARD, "TD2": LARGER_CARD, "MRV-A": VISA_A, "MRV-B": VISA_B}

ANNA = {
    "state": "UTO",
    "surname": "Eriksson",
    "given_names": "Anna María",
    "nationality": "UTO",
    "sex": "F",
}
ANNA_ON_A_VISA = ANNA | {"number": "L898902C", "birth": dt.date(1969, 8, 6), "expiry": dt.date(1994, 6, 23)}


def parse(lines, today=TODAY):
    return mrz.parse(lines, today=today)


def replaced(lines, line, column, character):
    changed = list(lines)
    changed[line] = changed[line][:column] + character + changed[line][column + 1 :]
    return tuple(changed)


# Reading


@pytest.mark.parametrize(("name", "lines"), SPECIMENS.items())
def test_the_specimens_of_doc_9303_are_valid(name, lines):
    zone = parse(lines)
    assert zone.format == name
    assert zone.valid
    assert (zone.state, zone.surname, zone.given_names) == ("UTO", "ERIKSSON", "ANNA MARIA")


def test_a_passport_gives_up_all_its_fields():
    zone = parse("\n".join(PASSPORT))
    assert (zone.code, zone.number, zone.nationality, zone.sex) == ("P", "L898902C3", "UTO", "F")
    assert (zone.birth_on, zone.expires_on) == (dt.date(1974, 8, 12), dt.date(2012, 4, 15))
    assert zone.optional == "ZE184226B"
    assert zone.name == "ERIKSSON ANNA MARIA"
    assert not zone.names_may_be_cut


@pytest.mark.parametrize(("name", "lines"), SPECIMENS.items())
def test_any_wrong_digit_in_a_date_shows(name, lines):
    line, column = (1, 0) if name == "TD1" else (1, 13)
    for digit in string.digits.replace(lines[line][column], ""):
        zone = parse(replaced(lines, line, column, digit))
        assert not zone.checks["birth"]
        assert not zone.valid


def test_the_composite_digit_catches_what_no_other_covers():
    lines = replaced(CARD, 1, 20, "X")
    assert [name for name, holds in parse(lines).checks.items() if not holds] == ["composite"]


def test_an_empty_personal_number_may_have_a_filler_or_a_zero_as_its_digit():
    for digit in "<0":
        lines = mrz.td3(**ANNA, number="L898902C3", birth=dt.date(1974, 8, 12), expiry=dt.date(2032, 4, 15))
        assert parse(replaced(lines, 1, 42, digit)).valid


def test_a_card_may_have_a_number_of_more_than_nine_characters():
    number, rest = "D23145890734", "734" + mrz.check_digit("D23145890734")
    first = f"I<UTO{number[:9]}<{rest}<".ljust(30, "<")
    second = "7408122F1204159UTO".ljust(29, "<")
    composite = mrz.check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    zone = parse((first, second + composite, CARD[2]))
    assert zone.valid
    assert (zone.number, zone.optional) == (number, "")


@pytest.mark.parametrize(
    "lines",
    [
        (),
        PASSPORT[:1],
        (PASSPORT[0], PASSPORT[1][:-1]),
        (PASSPORT[0].lower(), PASSPORT[1]),
        (PASSPORT[0].replace("<", "«"), PASSPORT[1]),
        ("X" + PASSPORT[0][1:], PASSPORT[1]),
        CARD + CARD[:1],
        "what is this",
    ],
)
def test_what_is_no_zone_is_refused(lines):
    with pytest.raises(mrz.MRZError):
        parse(lines)


@pytest.mark.parametrize(("column", "character", "field"), [(10, "1", "nationality"), (20, "X", "sex")])
def test_a_field_that_no_digit_covers_must_be_plausible(column, character, field):
    zone = parse(replaced(PASSPORT, 1, column, character))
    assert all(zone.checks.values())
    assert zone.implausible == [field]
    assert not zone.valid


def test_a_number_does_not_begin_with_a_filler():
    zone = parse(replaced(mrz.td3(**ANNA, number="U97851", birth="740812", expiry="320415"), 1, 0, "<"))
    assert all(zone.checks.values())
    assert zone.implausible == ["number"]


def test_germany_has_a_code_of_one_letter():
    lines = mrz.td3(**(ANNA | {"state": "D", "nationality": "D"}), number="C01X00T47",
                    birth=dt.date(1964, 8, 12), expiry=dt.date(2033, 10, 31))  # fmt: skip
    zone = parse(lines)
    assert zone.valid
    assert (zone.state, zone.nationality) == ("D", "D")


# Dates


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("740812", dt.date(1974, 8, 12)),
        ("261124", dt.date(2026, 11, 24)),
        ("261125", dt.date(1926, 11, 25)),
        ("000229", dt.date(2000, 2, 29)),
        ("230229", None),
        ("74<<<<", None),
    ],
)
def test_nobody_is_born_after_today(text, born):
    assert mrz.birth_date(text, TODAY) == born


@pytest.mark.parametrize(
    ("text", "expires"),
    [
        ("300101", dt.date(2030, 1, 1)),
        ("991231", dt.date(1999, 12, 31)),
        ("761101", dt.date(2076, 11, 1)),
        ("761201", dt.date(1976, 12, 1)),
        ("<<<<<<", None),
    ],
)
def test_an_expiry_lies_within_fifty_years_of_today(text, expires):
    assert mrz.expiry_date(text, TODAY) == expires


@pytest.mark.parametrize("birth", ["74<<<<", "7408<<", "<<<<<<", "74<<12"])
def test_a_birth_date_may_be_unknown_in_part(birth):
    lines = mrz.td3(**ANNA, number="L898902C3", birth=birth, expiry=dt.date(2032, 4, 15))
    zone = parse(lines)
    assert zone.valid
    assert zone.birth_on is None
    assert zone.birth == birth


@pytest.mark.parametrize("birth", ["741<<<", "7413<<", "740230", "<<<<1<"])
def test_an_impossible_birth_date_makes_a_zone_invalid(birth):
    zone = parse(mrz.td3(**ANNA, number="L898902C3", birth=birth, expiry=dt.date(2032, 4, 15)))
    assert all(zone.checks.values())
    assert zone.implausible == ["birth"]


# Writing


def test_the_specimen_passport_is_written_as_in_doc_9303():
    lines = mrz.td3(
        **ANNA,
        number="L898902C3",
        birth=dt.date(1974, 8, 12),
        expiry=dt.date(2012, 4, 15),
        optional="ZE184226B",
    )
    assert lines == PASSPORT


def test_visas_are_written_as_in_doc_9303_7():
    assert mrz.mrv_a(**ANNA_ON_A_VISA, optional="ZE184226B") == VISA_A
    assert mrz.mrv_b(**ANNA_ON_A_VISA, optional="ZE184226") == VISA_B


def test_cards_are_written_as_in_doc_9303_5_and_6():
    card = ANNA | {"number": "D23145890", "birth": dt.date(1974, 8, 12), "expiry": dt.date(2012, 4, 15)}
    assert mrz.td1(**card) == CARD
    assert mrz.td2(**card) == LARGER_CARD


def test_a_number_that_does_not_fit_is_refused_rather_than_cut():
    with pytest.raises(mrz.MRZError):
        mrz.mrv_b(**(ANNA_ON_A_VISA | {"number": "L898902C99"}))


def test_a_name_without_a_letter_is_refused():
    with pytest.raises(mrz.MRZError):
        mrz.name_field("---", "", 39)


def test_an_unknown_character_has_no_check_digit():
    with pytest.raises(mrz.MRZError):
        mrz.check_digit("AB-12")


NAME = st.text(string.ascii_letters + " '-éüßøñŁÞ", min_size=1, max_size=60).filter(
    lambda text: any(letter.isascii() and letter.isalpha() for letter in text)
)
PEOPLE = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["UTO", "QVM", "D", "XXA"]),
        "nationality": st.sampled_from(["UTO", "QNR", "D", "XXB"]),
        "surname": NAME,
        "given_names": NAME | st.just(""),
        "number": st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=9),
        "birth": st.dates(dt.date(1927, 1, 1), TODAY),
        "expiry": st.dates(dt.date(1980, 1, 1), dt.date(2070, 1, 1)),
        "sex": st.sampled_from("MFX"),
        "optional": st.text(string.ascii_uppercase + string.digits, max_size=7),
    }
)


@given(st.sampled_from([mrz.td1, mrz.td2, mrz.td3, mrz.mrv_a, mrz.mrv_b]), PEOPLE)
def test_what_is_written_is_read_back(writer, person):
    zone = parse(writer(**person))
    assert zone.valid
    for field in ("state", "nationality", "number", "optional"):
        assert getattr(zone, field) == person[field]
    assert (zone.birth_on, zone.expires_on) == (person["birth"], person["expiry"])
    assert zone.sex == person["sex"].replace("X", "<")


@given(PEOPLE)
def test_a_written_name_agrees_with_the_person(person):
    zone = parse(mrz.td3(**person))
    typed = f"{person['surname']} {person['given_names']}"
    assert mrz.names_agree(zone.name_field, typed, cut=zone.names_may_be_cut)


@given(NAME, NAME | st.just(""), st.sampled_from([30, 31, 39]))
def test_a_name_field_is_full_or_has_a_filler_left(surname, given_names, length):
    written = mrz.name_field(surname, given_names, length)
    assert len(written) == length
    assert written[0].isalpha()
    assert "<<<" not in written.rstrip("<")


# Names


@pytest.mark.parametrize(
    ("viz", "line"),
    [
        ("ERIKSSON, ANNA MARIA", "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"),
        ("HENG, DEBORAH MING LO", "V<UTOHENG<<DEBORAH<MING<LO<<<<<<<<<<"),
        ("SMITH-JONES, SUSIE MARGARET", "V<UTOSMITH<JONES<<SUSIE<MARGARET<<<<"),
        ("O'CONNOR, ENYA SIOBHAN", "V<UTOOCONNOR<<ENYA<SIOBHAN<<<<<<<<<<"),
        ("VAN DER MUELLEN, MARTIN", "V<UTOVAN<DER<MUELLEN<<MARTIN<<<<<<<<"),
        ("ARKFREITH", "V<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<"),
        ("PAPANDROPOULOUS, STEPHEN TREVOR", "V<UTOPAPANDROPOULOUS<<STEPHEN<TREVOR"),
        ("NILAVADHANANANDA, CHAYAPA DEJTHAMRONG KRASUANG", "V<UTONILAVADHANANANDA<<CHAYAPA<DEJ<K"),
        (
            "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL, DINGO POTOROO",
            "V<UTOBENNELONG<WOOLOOMOOLOO<WAR<W<<D",
        ),
    ],
)
def test_the_names_of_doc_9303_7_are_written_as_there(viz, line):
    surname, _, given_names = viz.partition(",")
    person = ANNA_ON_A_VISA | {"surname": surname, "given_names": given_names}
    assert mrz.mrv_b(**person)[0] == line


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Þórður Weiß-Müller", "THORDUR WEISS MUELLER"),
        ("Åse Bjørn Łukasz", "AASE BJOERN LUKASZ"),
        ("D’Artagnan", "DARTAGNAN"),
        ("İbrahim Işık", "IBRAHIM ISIK"),
        ("ابو بكر محمد بن زكريا الرازي", "ABW BKR MXHMD BN ZKRYA ALRAZY"),
        ("فاطمة", "FAXTTMXAH"),
        ("مُحَمَّد", "MXHMMD"),
        ("پژمان گیتی", "PXJMAN XGGXYATXYA"),
        ("علی\u200cرضا", "ELXYARXDZA"),
        ("Юлия Щукина", "IULIIA SHCHUKINA"),
        ("李 Ming", "MING"),
    ],
)
def test_names_are_written_in_the_alphabet_of_the_zone(name, written):
    assert mrz.transliterate(name) == written


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        ("MUELLER<<HANS", "Hans Müller"),
        ("MULLER<<HANS", "Hans Müller"),
        ("OCONNOR<<ENYA", "Enya O'Connor"),
        ("O<CONNOR<<ENYA", "Enya O'Connor"),
        ("SMITH<JONES<<SUSIE", "Susie Smith-Jones"),
        ("ABDULRAHMAN<<OMAR", "Omar Abdul Rahman"),
        ("ERIKSSON ANNA MARIA", "anna maria eriksson"),
        ("MXHMMD<<ELXYA", "محمّد علی"),
        ("GROESSE<<JOERG", "Jörg Größe"),
    ],
)
def test_spelling_order_and_marks_do_not_matter(read, typed):
    assert mrz.names_agree(read, typed)


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        ("ERIKSSON<<ANNA", "Anna Erikson"),
        ("ERIKSSON<<ANNA<MARIA", "Anna Eriksson"),
        ("ERIKSSON<<ANNA", "Maria Eriksson"),
        ("ERIKSSON<<ANNA", ""),
        ("", "Anna Eriksson"),
    ],
)
def test_another_name_does_not_agree(read, typed):
    assert not mrz.names_agree(read, typed)


def test_a_name_that_ran_out_of_room_agrees_only_where_that_is_known():
    read, typed = "NILAVADHANANANDA<<CHAYAPA<DEJ<K", "Chayapa Dejthamrong Krasuang Nilavadhanananda"
    assert mrz.names_agree(read, typed, cut=True)
    assert not mrz.names_agree(read, typed)
    assert not mrz.names_agree("NILA<<CHAYAPA<DINGO", typed, cut=True)
