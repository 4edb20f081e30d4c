import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, strategies as st

from consular.ui.fields import (
    BooleanField,
    ChoiceField,
    CountryField,
    FileField,
    IntegerField,
    MultipleChoiceField,
    NationalityField,
    YesNoField,
)
from tests.consular.ui.asking import cleaned, form_with, html, posted, refusal

SEX = [("F", "Female"), ("M", "Male"), ("X", "Unspecified")]


@pytest.mark.parametrize(
    "typed", ["1234", "۱۲۳۴", "١٢٣٤", "1,234", "1 234", "۱٬۲۳۴", "+1234", "01234", " 1234 "]
)
def test_a_number_is_read_in_any_digits(typed):
    assert cleaned(IntegerField(), typed) == 1234


@pytest.mark.parametrize("typed", ["two", "1.5", "۱٫۵", "1e3", "--1", "9" * 5000, "½", "0x10", "\x00"])
def test_what_is_no_whole_number_is_refused(typed):
    assert refusal(IntegerField(label="Nights"), typed) == "Nights must be a whole number, like 12"


def test_a_number_keeps_to_its_limits():
    field = IntegerField(label="Nights", min_value=1, max_value=90)
    assert refusal(field, "0") == "Nights must be 1 or more"
    assert refusal(field, "-5") == "Nights must be 1 or more"
    assert refusal(field, "91") == "Nights must be 90 or fewer"
    assert cleaned(field, "90") == 90


def test_a_number_is_typed_into_a_text_box():
    drawn = html(IntegerField())
    assert 'type="text"' in drawn
    assert 'inputmode="numeric"' in drawn


def test_one_of_a_few_is_chosen():
    assert cleaned(ChoiceField(choices=SEX), "F") == "F"
    assert refusal(ChoiceField(label="Sex", choices=SEX), "") == "Select sex"
    assert refusal(ChoiceField(label="Sex", choices=SEX), "Q") == "Select one of the answers that are offered"


def test_the_first_radio_can_be_linked_to():
    drawn = html(ChoiceField(choices=SEX, hints={"X": "As in your passport"}))
    assert 'value="F" id="id_answer"' in drawn
    assert 'value="M" id="id_answer_1"' in drawn
    assert (
        '<div class="govuk-hint govuk-radios__hint" id="id_answer_2_hint">As in your passport</div>' in drawn
    )


def test_a_choice_that_is_no_longer_offered_stays_visible():
    drawn = html(ChoiceField(choices=SEX, select=True), "Q")
    assert '<option value="Q" selected>Q</option>' in drawn


def test_several_are_chosen():
    assert cleaned(MultipleChoiceField(choices=SEX), ["F", "X"]) == ["F", "X"]
    assert refusal(MultipleChoiceField(choices=SEX), []) == "Select at least one answer"
    assert refusal(MultipleChoiceField(choices=SEX), ["F", "Q"]) == "Select only answers that are offered"
    assert html(MultipleChoiceField(choices=SEX), ["F", "Q"]).count(" checked") == 1


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("no", False)])
def test_yes_and_no_are_true_and_false(typed, kept):
    assert cleaned(YesNoField(), typed) is kept


def test_yes_or_no_must_be_answered_unless_it_is_optional():
    assert refusal(YesNoField(label="Sex"), "") == "Select yes or no"
    assert cleaned(YesNoField(required=False), "") is None
    assert refusal(YesNoField(), "perhaps") == "Select one of the answers that are offered"


@pytest.mark.parametrize(("stored", "value"), [(True, "yes"), (False, "no")])
def test_a_stored_yes_or_no_is_shown(stored, value):
    drawn = str(form_with(YesNoField(), initial={"answer": stored}))
    assert re.search(f'value="{value}" id="[a-z_0-9]+" checked', drawn)


def test_a_declaration_must_be_ticked():
    field = BooleanField(label="It is true", required_message="Confirm that it is true")
    assert refusal(field, "") == "Confirm that it is true"
    assert cleaned(field, "on") is True
    assert 'for="id_answer">It is true</label>' in html(field)


def test_a_country_is_a_three_letter_code():
    assert cleaned(CountryField(), "QNR") == "QNR"
    assert refusal(CountryField(), "ZZZ") == "Select a country from the list"
    assert refusal(CountryField(), "XXA") == "Select a country from the list"
    assert cleaned(NationalityField(), "XXA") == "XXA"
    assert refusal(NationalityField(), "") == "Select a nationality from the list"


def test_countries_are_named_in_the_language_of_the_page_with_likely_ones_first():
    field = CountryField(first=["QNR"])
    with override("fa"):
        drawn = html(field)
    assert drawn.index("ناروویا") < drawn.index("آلمان") < drawn.index("ایران")
    assert "Germany" in html(field)


def test_an_empty_file_and_a_large_one_are_refused_with_the_numbers():
    field = FileField(max_bytes=10_000_000)
    kind = type(form_with(field))
    empty = kind({}, {"answer": SimpleUploadedFile("a.pdf", b"")})
    large = kind({}, {"answer": SimpleUploadedFile("a.pdf", b"x" * 10_000_001)})
    assert empty.errors["answer"] == ["The file you chose is empty. Choose another file."]
    assert large.errors["answer"] == ["The file must be 10 MB or smaller. Yours is 10.1 MB."]
    assert kind({}, {}).errors["answer"] == ["Choose a file"]


def test_a_file_field_tells_its_limits_and_offers_only_its_kinds():
    drawn = html(FileField(kinds=["PDF", "JPEG"], max_bytes=5_000_000, shrink=True, help_text="All pages."))
    assert "All pages. PDF or JPEG, 5 MB or smaller." in drawn
    assert 'accept="application/pdf,.pdf,image/jpeg,.jpg,.jpeg"' in drawn
    assert " data-shrink" in drawn
    assert "capture" not in drawn
    with override("fa"):
        assert "۵" in html(FileField(max_bytes=5_000_000))


@pytest.mark.parametrize(
    "field", [IntegerField, YesNoField, CountryField, lambda: MultipleChoiceField(choices=SEX), BooleanField]
)
@given(value=st.text(st.characters(codec=None), max_size=40))
def test_whatever_is_posted_can_be_answered_and_drawn(field, value):
    form = form_with(field(), posted(answer=value))
    form.is_valid()
    assert str(form).encode()
