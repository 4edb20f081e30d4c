import pytest
from hypothesis import given, strategies as st

from consular.lib import countries
from consular.lib.folding import fold

CODES = st.sampled_from(sorted(countries.NATIONALITIES))


@given(CODES, st.sampled_from(countries.LANGUAGES))
def test_every_nationality_has_a_name_in_every_language(code, language):
    assert countries.name(code, language) not in {"", code}


@given(CODES)
def test_every_code_survives_the_machine_readable_zone(code):
    written = countries.to_mrz(code)
    assert len(written) == 3
    assert countries.from_mrz(written) == code


@given(st.sampled_from(sorted(countries.STATES - {"UTO"})))
def test_every_state_has_a_two_letter_code_that_leads_back(code):
    assert countries.alpha3(countries.alpha2(code)) == code


def test_germany_is_d_in_the_machine_readable_zone():
    assert countries.to_mrz("DEU") == "D<<"
    assert countries.from_mrz("D<<") == "DEU"


@pytest.mark.parametrize(("typed", "code"), [("XK", "RKS"), ("xkx", "RKS"), ("qv", "QVM"), ("UTO", "UTO")])
def test_other_codes_lead_to_the_stored_one(typed, code):
    assert countries.alpha3(typed) == code


@pytest.mark.parametrize("code", ["", "ZZZ", "QO", "<<<", "Velmaris"])
def test_an_unknown_code_leads_nowhere(code):
    assert countries.alpha3(code) == ""
    assert countries.name(code, "en") == code


def test_stateless_persons_and_refugees_have_no_state():
    assert {"XXA", "XXB", "XXC", "UNO", "EUE"} <= countries.NATIONALITIES - countries.STATES
    assert countries.alpha2("XXA") == ""


def test_the_fictional_states_are_named():
    assert countries.name("QVM", "fa") == "ولماریس"
    assert countries.name("QN", "en") == "Naruvia"
    assert countries.name("UTO", "fr") == "Utopie"


def test_a_regional_language_falls_back_to_its_base_and_an_unknown_one_to_english():
    assert countries.name("DEU", "fr-CA") == "Allemagne"
    assert countries.name("DEU", "xx") == "Germany"


def test_persian_choices_are_in_persian_order():
    names = [name for _, name in countries.choices({"PRT", "TUR", "ALB", "GEO", "CHN", "IRN", "FIN"}, "fa")]
    assert names == ["آلبانی", "ایران", "پرتغال", "ترکیه", "چین", "فنلاند", "گرجستان"]


def test_accents_do_not_move_a_name():
    assert [code for code, _ in countries.choices({"ALA", "ALB", "ZWE"}, "en")] == ["ALA", "ALB", "ZWE"]
    assert [code for code, _ in countries.choices({"EGY", "ESP", "ECU"}, "fr")] == ["EGY", "ECU", "ESP"]


def test_likely_states_come_first_and_only_once():
    chosen = countries.choices({"FRA", "QNR", "QTI"}, "en", first=["QTI", "QNR", "ZZZ"])
    assert [code for code, _ in chosen] == ["QTI", "QNR", "FRA"]


def test_no_name_means_two_states_in_our_languages():
    named = {}
    for language in countries.LANGUAGES:
        for code in countries.NATIONALITIES:
            assert named.setdefault(fold(countries.name(code, language)), code) == code
    assert countries.find("ایران", "fr") == countries.find("Irán", "en") == "IRN"
