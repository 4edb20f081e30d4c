import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from consular.ui.fields import CharField, CodeField, EmailField, LatinNameField, NativeNameField, PhoneField
from consular.ui.forms import Form
from tests.consular.ui.asking import cleaned, form_with, html, posted, refusal

TEXT_FIELDS = [CharField, CodeField, EmailField, LatinNameField, NativeNameField, PhoneField]


@pytest.mark.parametrize("kind", TEXT_FIELDS)
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("a\x00b", "cannot be stored"),
        ("\u202eabc", "invisible direction mark"),
        ("abc\u2066", "invisible direction mark"),
        ("abc\U000e0041", "invisible character"),
        ("a\x07b", "control character"),
        ("a\ud800b", "half a character"),
        ("a\ufffdb", "a character was lost"),
        ("\u200b\u200d", "cannot be seen"),
    ],
)
def test_text_that_cannot_be_stored_or_seen_is_refused_and_says_why(kind, value, told):
    assert told in refusal(kind(label="Surname"), value)


@pytest.mark.parametrize("kind", TEXT_FIELDS)
def test_blanks_alone_are_no_answer(kind):
    assert "Enter" in refusal(kind(label="Surname"), " \u00a0\u3000 ")
    assert cleaned(kind(label="Surname", required=False), "   ") == ""


@pytest.mark.parametrize("kind", TEXT_FIELDS)
@given(value=st.text(st.characters(codec=None), max_size=60))
def test_whatever_is_posted_can_be_answered_and_drawn(kind, value):
    form = form_with(kind(label="Surname"), posted(answer=value))
    form.is_valid()
    assert str(form).encode()


def test_a_long_answer_is_told_both_numbers_and_is_not_cut():
    field = CharField(label="Reason", multiline=True, max_length=500)
    assert (
        refusal(field, "x" * 5000)
        == "Reason must be 500 characters or fewer. You have entered 5\N{NO-BREAK SPACE}000."
    )
    assert "x" * 5000 in html(field, "x" * 5000)
    assert "maxlength=" not in html(field).replace("data-maxlength=", "")


def test_numbers_in_messages_have_the_digits_of_the_language():
    with override("fa"):
        assert "۵٬۰۰۰" in refusal(CharField(label="دلیل", max_length=500), "x" * 5000)


def test_one_line_folds_line_ends_and_several_lines_keep_them():
    assert cleaned(CharField(), "one\r\ntwo") == "one two"
    assert cleaned(CharField(multiline=True), "one\r\ntwo\r\n") == "one\ntwo"


def test_free_text_keeps_its_digits_and_joiners():
    assert cleaned(CharField(), "می\u200cخواهم ۱۲") == "می\u200cخواهم ۱۲"


def test_a_latin_text_has_latin_digits():
    assert cleaned(CharField(latin=True), "۱۲ Main Street") == "12 Main Street"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a ۱۲۳ 45", "A12345"), ("ve-7k2m-9q", "VE-7K2M-9Q"), ("Ｐ１２", "P12"), ("x–1", "X-1")],
)
def test_a_code_is_tidied(typed, kept):
    assert cleaned(CodeField(), typed) == kept


@pytest.mark.parametrize("typed", ["الف۱۲۳", "A_1", "A<1", "É1", "A.1"])
def test_a_code_has_only_letters_and_digits(typed):
    assert refusal(CodeField(label="Passport number"), typed) == (
        "Passport number must have only the letters A to Z and digits"
    )


@pytest.mark.parametrize(
    "name", ["Plato", "O'Brien", "Jean-Luc", "Müller", "de la Cruz", "Núñez Ł.", "D’Arcy", "Ā"]
)
def test_latin_names_of_every_kind_are_taken(name):
    assert cleaned(LatinNameField(), name) == name.replace("’", "'")


@pytest.mark.parametrize("name", ["رضایی", "Иван", "李"])
def test_a_name_in_another_script_is_told_where_to_copy_it_from(name):
    assert "exactly as in the machine-readable zone" in refusal(LatinNameField(label="Surname"), name)


@pytest.mark.parametrize("name", ["رضایی", "نوش\u200cآفرین", "Иван", "李", "ʻAlohi", "Nguyễn"])
def test_native_names_of_every_script_are_taken(name):
    assert cleaned(NativeNameField(), name) == name


@pytest.mark.parametrize("kind", [LatinNameField, NativeNameField])
def test_a_name_has_letters_and_no_digits(kind):
    assert refusal(kind(label="Surname"), "Smith2 <3") == (
        "Surname cannot have 2<3. Use letters, spaces, hyphens and apostrophes."
    )
    assert refusal(kind(label="Surname"), "-") == "Surname must have at least one letter"


def test_arabic_letters_become_persian_in_the_persian_interface_only():
    with override("fa"):
        assert cleaned(NativeNameField(), "علي كريمي") == "علی کریمی"
    with override("ar"):
        assert cleaned(NativeNameField(), "علي كريمي") == "علي كريمي"


def test_latin_boxes_are_written_from_left_to_right_and_never_spell_checked():
    drawn = html(LatinNameField(autocomplete="family-name"))
    assert 'dir="ltr"' in drawn
    assert 'spellcheck="false"' in drawn
    assert 'autocomplete="family-name"' in drawn


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Name@Example.COM ", "Name@example.com"), ("a۱@example.org", "a1@example.org")],
)
def test_an_email_address_is_tidied(typed, kept):
    assert cleaned(EmailField(), typed) == kept


@pytest.mark.parametrize(
    "typed", ["nobody", "a@b", "a b@example.org", "علی@example.org", "@", "a@@example.org", "a@[127.0.0.1]"]
)
def test_an_email_address_must_look_like_one(typed):
    assert "like name@example.com" in refusal(EmailField(), typed)


@pytest.mark.parametrize(
    "typed",
    ["+98 21 1234 5678", "0098-21-1234-5678", "+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸", "(+98) 21 12345678", "+98(0)2112345678"],
)
def test_a_phone_number_is_kept_in_one_form(typed):
    assert cleaned(PhoneField(), typed) == "+982112345678"


@pytest.mark.parametrize("typed", ["+44 1632 960001", "+1 202 555 0100"])
def test_fictitious_phone_numbers_are_possible(typed):
    assert cleaned(PhoneField(), typed) == typed.replace(" ", "")


def test_a_phone_number_needs_its_country_and_its_length():
    assert refusal(PhoneField(), "021 1234 5678").startswith("Start the phone number with +")
    assert refusal(PhoneField(), "+98 12").startswith("Enter a full phone number")
    assert refusal(PhoneField(), "+nobody").startswith("Enter a full phone number")


def test_the_message_for_nothing_names_the_field_and_can_be_given():
    assert refusal(CharField(label="Place of birth"), "") == "Enter place of birth"
    assert refusal(CharField(label="PIN"), "") == "Enter PIN"
    assert refusal(CharField(label="Where do you live?"), "") == "Answer the question “Where do you live?”"
    assert refusal(CharField(label="Who?", required_message="Enter your host’s name"), "") == (
        "Enter your host’s name"
    )


def test_a_question_is_called_by_its_noun_in_messages():
    field = CharField(label="Where do you live?", called="your address", max_length=3)
    assert refusal(field, "") == "Enter your address"
    assert refusal(field, "abcd").startswith("Your address must be 3 characters or fewer")


def test_a_field_without_a_label_is_called_by_its_name():
    class Unlabelled(Form):
        family_name = CharField()

    assert Unlabelled({}).errors["family_name"] == ["Enter family name"]
