"""What subscribers choose and what duty officers write."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from consular.ui.fields import (
    CharField,
    ChoiceField,
    CountryField,
    DateField,
    EmailField,
    MultipleChoiceField,
)
from consular.ui.forms import Form
from embassy.alerts.models import PARTS, Alert, Subscriber, Text
from embassy.alerts.models.alert import FALLBACK
from embassy.alerts.status import Kind, Severity

ROWS, MOST_ROWS = 1, 30  # boxes for a country: each is two hundred lines of HTML
EARLIEST, LATEST = timedelta(days=30), timedelta(days=366)
ALL, SOME = "all", "some"
END_OF_DAY = time(23, 59)


class CountriesForm(Form):
    """All countries, or some of them in as many boxes as are needed; cleaned to `countries` (none: all)."""

    show_optional = False
    where_label: Any = _("Which countries?")

    def __init__(self, *args: Any, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = max(1, min(rows, MOST_ROWS))
        self.fields["where"] = ChoiceField(
            label=self.where_label,
            choices=[(ALL, _("All countries")), (SOME, _("Only these countries"))],
            required_message=_("Select all countries or only some"),
        )
        for number in range(1, self.rows + 1):
            label = _("Country") if number == 1 else _("Another country")
            self.fields[f"country_{number}"] = CountryField(label=label, required=False)

    @property
    def country_fields(self) -> list[Any]:
        return [self[f"country_{number}"] for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [data.get(f"country_{number}") for number in range(1, self.rows + 1)]
        data["countries"] = list(dict.fromkeys(filter(None, chosen))) if data.get("where") == SOME else []
        if data.get("where") == SOME and not data["countries"] and not self.errors:
            self.add_error("country_1", _("Select at least one country, or all countries"))
        return data


def rows_in(data: QueryDict) -> int:
    """Return how many boxes for countries a form was sent with."""
    return sum(name.startswith("country_") for name in data)


def rows_for(codes: Iterable[str]) -> int:
    return max(ROWS, len(list(codes)))


def country_values(codes: list[str]) -> dict[str, str]:
    """Return chosen countries as the initial values of a `CountriesForm`."""
    chosen = {f"country_{number}": code for number, code in enumerate(codes, 1)}
    return {"where": SOME if codes else ALL, **chosen}


class ChoicesForm(CountriesForm):
    """Countries, kinds and language of a subscription; `choices` is what the actions take."""

    where_label = _("Which countries do you want alerts about?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"] = MultipleChoiceField(
            label=_("What do you want to be told about?"),
            choices=Kind.choices,
            required_message=_("Select at least one kind of alert"),
        )
        self.fields["language"] = ChoiceField(
            label=_("In which language?"),
            choices=settings.LANGUAGES,
            required_message=_("Select a language"),
        )

    @property
    def choices(self) -> dict[str, Any]:
        kinds = self.cleaned_data["kinds"]
        return {
            "language": self.cleaned_data["language"],
            "countries": self.cleaned_data["countries"],
            "kinds": [] if set(kinds) == set(Kind.values) else kinds,
        }

    @staticmethod
    def initial_for(subscriber: Subscriber) -> dict[str, Any]:
        kinds = subscriber.kinds or Kind.values
        return {"kinds": kinds, "language": subscriber.language, **country_values(subscriber.countries)}


class SubscribeForm(ChoicesForm):
    email = EmailField(
        label=_("Your email address"),
        help_text=_("We use it for these alerts and for nothing else."),
        width=20,
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"kinds": Kind.values, "where": ALL, "language": get_language() or "en"}


class WordsForm(Form):
    """The words of an alert in one language, in the shape that every alert has."""

    title = CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What happens where, in a few words: it stands in the banner."),
    )
    location = CharField(
        label=_("Location"),
        max_length=300,
        help_text=_("Regions, towns, roads, with the names that maps have."),
    )
    event = CharField(
        label=_("Event"),
        multiline=True,
        max_length=2000,
        help_text=_("What has happened or is expected, and when."),
    )
    actions = CharField(
        label=_("What people should do"), multiline=True, max_length=3000,
        help_text=_("One step on each line, the most urgent first."),
    )  # fmt: skip
    assistance = CharField(
        label=_("Where to find help"), multiline=True, max_length=2000,
        help_text=_("Telephone numbers and places; what we can do and what we cannot."),
    )  # fmt: skip

    def __init__(self, *args: Any, language: str = FALLBACK, **kwargs: Any) -> None:
        """`language` is that of the words, whatever the officer reads the page in."""
        super().__init__(*args, **kwargs)
        direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
        for part in PARTS:
            self.fields[part].widget.attrs |= {"lang": language, "dir": direction}

    @property
    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}

    @staticmethod
    def initial_for_words(text: Text | None) -> dict[str, Any]:
        return {part: getattr(text, part) for part in PARTS} if text else {}


class WriteForm(CountriesForm, WordsForm):
    """Facts and English words of a draft. Times are UTC: the readers are in many zones."""

    where_label = _("Which countries does it concern?")
    facts_first = ("kind", "severity", "where")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        between: dict[str, Any] = {"not_before": today - EARLIEST, "not_after": today + LATEST}
        self.fields |= {
            "kind": ChoiceField(label=_("Kind"), choices=Kind.choices, select=True),
            "severity": ChoiceField(label=_("Severity"), choices=Severity.choices, select=True),
            "starts_on": DateField(
                label=_("Live from"), required=False, **between,
                help_text=_("Leave it empty to publish as soon as it is approved."),
            ),
            "starts_time": CharField(label=_("Time (UTC)"), required=False, width=5, latin=True, help_text=_("Such as 06:30")),
            "ends_on": DateField(label=_("Valid until"), not_before=today, not_after=today + LATEST, help_text=""),
            "ends_time": CharField(
                label=_("Time (UTC)"), required=False, width=5, latin=True, help_text=_("Empty: the end of the day")
            ),
        }  # fmt: skip

    def clean_starts_time(self) -> time | None:
        return self.read_time("starts_time")

    def clean_ends_time(self) -> time | None:
        return self.read_time("ends_time")

    def read_time(self, name: str) -> time | None:
        typed = self.cleaned_data[name]
        try:
            return datetime.strptime(typed, "%H:%M").replace(tzinfo=UTC).time() if typed else None
        except ValueError:
            self.add_error(name, _("Write the time with hours and minutes, like 06:30"))
            return None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            starts_on, now = data.get("starts_on"), timezone.now()
            data["starts_at"] = moment(starts_on, data["starts_time"] or time()) if starts_on else now
            data["ends_at"] = moment(data["ends_on"], data["ends_time"] or END_OF_DAY)
            if data["ends_at"] <= max(data["starts_at"], now):
                self.add_error("ends_on", _("The end must be in the future, and after the beginning"))
        return data

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.cleaned_data

    @classmethod
    def initial_for(cls, alert: Alert) -> dict[str, Any]:
        text = alert.latest_texts().get("en")
        return {
            "kind": alert.kind,
            "severity": alert.severity,
            "starts_on": alert.starts_at.date(),
            "starts_time": f"{alert.starts_at:%H:%M}",
            "ends_on": alert.ends_at.date(),
            "ends_time": f"{alert.ends_at:%H:%M}",
            **country_values(alert.countries),
            **cls.initial_for_words(text),
        }


def moment(day: Any, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=UTC)
