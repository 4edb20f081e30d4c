"""What a person types who has the code on paper and no mailbox."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consular.ui.fields import CodeField, DateField
from consular.ui.forms import Form
from visas.applications.resume import parse_code


class ResumeForm(Form):
    """The code, however it is written, and the traveller's date of birth."""

    code = CodeField(
        label=_("Your code"),
        help_text=_("16 letters and digits in four groups. Small letters and spaces do not matter."),
        required_message=_("Enter the code"),
        autocomplete="off",
        width=20,
        max_length=60,
    )
    birth_on = DateField(
        label=_("Traveller’s date of birth"), past=True, required_message=_("Enter the date of birth")
    )

    def clean_code(self) -> str:
        code = parse_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("Look at the code again: it has 16 letters and digits in four groups"))
        return code
