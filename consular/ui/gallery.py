"""What the gallery page shows: one form with every field, and data for the components."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from consular.ui import fields
from consular.ui.forms import Form
from consular.ui.templatetags.ui import ltr


class GalleryForm(Form):
    """Every field of the design system once. Words here are for developers, not translated."""

    surname = fields.LatinNameField(
        label="Surname", called="surname", autocomplete="family-name", max_length=39, width=20,
        help_text="As in the machine-readable zone of your passport",
    )  # fmt: skip
    native_name = fields.NativeNameField(label="Name in your own script", required=False)
    passport = fields.CodeField(label="Passport number", width=10, max_length=9)
    birth = fields.DateField(label="Date of birth", past=True, label_size="m")
    nationality = fields.NationalityField(label="Nationality", first=("QNR", "QTI"))
    sex = fields.ChoiceField(
        label="Sex", choices=[("F", "Female"), ("M", "Male"), ("X", "Unspecified")], inline=True
    )
    purpose = fields.ChoiceField(
        label="Why do you travel?", label_size="m",
        choices=[("TV", "Tourism"), ("TR", "Transit")],
        hints={"TV": "Holidays, family and friends", "TR": "On the way to another state"},
    )  # fmt: skip
    before = fields.YesNoField(label="Have you been here before?")
    means = fields.MultipleChoiceField(
        label="Who pays for the journey?", choices=[("self", "I do"), ("host", "My host")]
    )
    nights = fields.IntegerField(label="Nights", min_value=1, max_value=90, suffix="nights")
    email = fields.EmailField(label="Email address")
    phone = fields.PhoneField(label="Phone number")
    more = fields.CharField(label="Anything else?", multiline=True, max_length=500, required=False)
    photo = fields.FileField(label="Photo", kinds=("JPEG", "PNG", "HEIC"), shrink=True)
    truth = fields.BooleanField(label="What I have written is true and complete")


BAD = {
    "surname": "رضایی", "native_name": "\u202eعلی", "passport": "A 12\u06f3", "birth_day": "31",
    "birth_month": "مهر", "birth_year": "۱۳۷۰", "birth_calendar": "solar_hijri", "sex": "Q",
    "nationality": "ZZZ", "nights": "two", "email": "nobody", "phone": "021 1234", "more": "x" * 600,
}  # fmt: skip


CRUMBS = [{"text": "Home", "href": "#"}, {"text": "Visas", "href": "#"}, {"text": "Tourism"}]
ROWS = [
    {
        "key": "Date of birth",
        "value": "27 March 1985",
        "actions": [{"href": "#", "text": "Change", "about": "date of birth"}],
    },
    {"key": "Passport", "value": "A12345678"},
]
TASKS = [
    {"title": "You", "href": "#", "status": "Complete"},
    {"title": "Passport", "href": "#", "status": "Not started", "colour": "blue"},
    {"title": "Send", "status": "Cannot start yet", "hint": "Answer the rest first"},
]


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what ui/gallery.html needs; `?errors` in the address posts BAD."""
    return {
        "form": GalleryForm(BAD, {}) if "errors" in request.GET else GalleryForm(),
        "page": Paginator(range(200), 10).get_page(request.GET.get("page", 5)),
        "now": timezone.now(),
        "reference": ltr("VE-7K2M-9Q"),
        "crumbs": CRUMBS,
        "rows": ROWS,
        "tasks": TASKS,
    }
