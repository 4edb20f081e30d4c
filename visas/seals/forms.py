"""What a consul gives: a certificate from the ceremony, or a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visas.seals.certificates import der
from visas.seals.status import Reason

LONGEST = 20_000  # characters


class CertificateForm(forms.Form):
    certificate = forms.CharField(
        label=_("Certificate"),
        help_text=_("The text from “-----BEGIN CERTIFICATE-----” to the end."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 70, "dir": "ltr", "spellcheck": "false"}),
    )

    def clean_certificate(self) -> bytes:
        try:
            return der(self.cleaned_data["certificate"].encode())
        except ValueError:
            raise ValidationError(_("This is not a certificate. Copy the whole text again.")) from None

    def given(self) -> dict[str, Any]:
        return {"certificate": self.cleaned_data["certificate"]}


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices)

    def given(self) -> dict[str, Any]:
        return {"reason": Reason(self.cleaned_data["reason"])}


class NothingForm(forms.Form):
    """For acts that only ask whether to go on."""

    def given(self) -> dict[str, Any]:
        return {}
