"""The questions of "Which embassy serves me?"."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consular.lib import countries
from consular.missions.status import Service
from consular.ui.fields import ChoiceField, CountryField, NationalityField
from consular.ui.forms import Form
from consular.ui.widgets import NameSelect


class FinderForm(Form):
    """Where somebody lives, their nationality, and what they need."""

    residence = CountryField(
        label=_("Which country do you live in?"),
        label_size="s",
        widget=NameSelect(),
        required_message=_("Select the country where you live"),
    )
    nationality = NationalityField(
        label=_("What nationality is in your passport?"),
        help_text=_("If you have two and one of them is ours, select ours."),
        called=_("nationality"),
        label_size="s",
        first=[settings.IDENTITY.alpha3],
        widget=NameSelect(),
        required_message=_("Select the nationality in your passport"),
    )
    service = ChoiceField(
        label=_("What do you need?"),
        choices=Service.choices,
        label_size="s",
        required_message=_("Select what you need"),
    )


def address(residence: str, nationality: str, service: str) -> str:
    """Return the address of the answer, which can be sent to somebody else."""
    return reverse("website:post_answer", args=[residence, nationality, service])


def from_address(residence: str, nationality: str, service: str) -> dict[str, str]:
    """Return what a form would have sent that leads to the address of these parts, sound or not."""
    codes = {"residence": residence, "nationality": nationality}
    known = {name: countries.alpha3(code) or code for name, code in codes.items()}
    return {**known, "service": service.lower()}


def question(**asked: Any) -> str:
    """Return the address of the questions with these answers filled in."""
    return f"{reverse('website:post_find')}?{urlencode({**asked, 'change': 'yes'})}"
