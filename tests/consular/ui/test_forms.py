import pytest
from django import forms as django_forms
from django.utils.translation import override

from consular.accounts.models import User
from consular.ui import fields, widgets
from consular.ui.forms import Form, ModelForm, problems


class Visit(Form):
    surname = fields.LatinNameField(label="Surname", help_text="As in your passport", width=20)
    sex = fields.ChoiceField(label="Sex", choices=[("F", "Female"), ("M", "Male")])
    reason = fields.CharField(label="Reason", multiline=True, max_length=500, required=False)
    consent = fields.BooleanField(label="I agree", required=False)

    def clean(self):
        if self.cleaned_data.get("reason") == "none":
            raise django_forms.ValidationError("Give a reason or leave it empty.")


def test_problems_come_in_the_order_of_the_page_and_lead_to_their_controls():
    form = Visit({"reason": "none"})
    assert [(each.message, each.target) for each in form.problems] == [
        ("Give a reason or leave it empty.", ""),
        ("Enter surname", "id_surname"),
        ("Select sex", "id_sex"),
    ]


def test_label_hint_error_and_control_are_tied_together():
    drawn = Visit({})["surname"].as_field_group()
    assert '<label class="govuk-label govuk-label--s" for="id_surname">Surname</label>' in drawn
    assert 'id="id_surname_helptext" class="govuk-hint">As in your passport' in drawn
    assert 'aria-describedby="id_surname_helptext id_surname_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'class="govuk-input govuk-input--width-20 govuk-input--error"' in drawn


def test_a_group_of_radios_is_a_fieldset_that_its_hint_and_error_describe():
    drawn = Visit({})["sex"].as_field_group()
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_sex_error">' in drawn
    assert "Sex</legend>" in drawn


def test_optional_answers_say_so_and_ticks_do_not():
    form = Visit()
    assert "Reason (optional)</label>" in form["reason"].as_field_group()
    assert "I agree</label>" in form["consent"].as_field_group()


def test_long_answers_are_counted_in_the_words_of_the_language():
    drawn = Visit()["reason"].as_field_group()
    assert 'data-maxlength="500" data-module="govuk-character-count"' in drawn
    assert 'data-i18n.characters-under-limit.few="Characters left: %{count}"' in drawn
    assert 'aria-describedby="id_reason-info"' in drawn
    assert "You can enter up to 500 characters" in drawn


def test_the_label_can_be_the_heading_of_the_page():
    class OneQuestion(Form):
        where = fields.CharField(label="Where do you live?", label_is_heading=True)
        kind = fields.YesNoField(label="Alone?", label_is_heading=True, label_size="xl")

    drawn = str(OneQuestion())
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l"' in drawn
    assert 'govuk-fieldset__legend--xl"><h1 class="govuk-fieldset__heading">Alone?</h1>' in drawn


def test_a_box_may_have_a_sign_before_or_behind_it():
    class Fee(Form):
        amount = fields.IntegerField(label="Amount", prefix="€", suffix="a day")

    drawn = str(Fee())
    assert '<div class="govuk-input__prefix" aria-hidden="true">€</div>' in drawn
    assert '<div class="govuk-input__suffix" aria-hidden="true">a day</div>' in drawn


def test_nothing_is_left_to_the_browsers_own_checks():
    drawn = str(Visit())
    assert " required" not in drawn
    assert " maxlength" not in drawn


def test_what_was_typed_is_escaped():
    assert "&lt;script&gt;" in str(Visit({"reason": "<script>"}))


def test_hidden_fields_have_no_label():
    class Hidden(Form):
        step = fields.CharField(widget=django_forms.HiddenInput)

    assert str(Hidden()).strip() == '<input type="hidden" name="step" id="id_step">'


def test_forms_that_are_not_ours_are_drawn_alike():
    class Foreign(django_forms.Form):
        login = django_forms.EmailField(label="Email")
        password = django_forms.CharField(widget=django_forms.PasswordInput)
        remember = django_forms.BooleanField(required=False)

    form = Foreign({})
    assert 'class="govuk-input govuk-input--error"' in str(form)
    assert 'class="govuk-checkboxes__input"' in str(form)
    assert [each.target for each in problems(form)] == ["id_login", "id_password"]


def test_a_model_form_has_the_fields_of_the_portal():
    class UserForm(ModelForm):
        class Meta:
            model = User
            fields = ("email",)

    field = UserForm().fields["email"]
    assert isinstance(field, fields.EmailField)
    assert isinstance(field.widget, widgets.EmailInput)


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_forms_are_drawn_in_every_language(language):
    with override(language):
        assert "govuk-form-group--error" in str(Visit({"surname": "\x00"}))
