"""What the API offers: each list by its name, with its rows and what a row looks like."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _

from embassy.alerts.models import Alert
from embassy.api import law, places
from embassy.api.law import Row
from embassy.api.schemas import Schema
from embassy.officials.models import Account
from embassy.times.measured import of_edition
from embassy.website.content import Content

MOST_ALERTS = 500  # every answer, and the table, is made from all of them


@dataclass(frozen=True)
class Resource:
    """A list at /api/v1/<name> and /api/v1/<name>.csv. `filters` compare a field of a row with a parameter."""

    name: str
    title: str | Promise
    row: dict[str, Schema]
    rows: Callable[[Content], list[Row]]
    filters: tuple[str, ...] = field(default=())

    @property
    def json_address(self) -> str:
        return reverse(f"api:{self.name}")

    @property
    def csv_address(self) -> str:
        return reverse(f"api:{self.name}-csv")


def of_book(table: str, made: Callable[[Any], Row]) -> Callable[[Content], list[Row]]:
    """Return what gives the rows of one table of the law."""
    return lambda content: [made(each) for each in getattr(content.book, table)]


def posts(content: Content) -> list[Row]:
    return [places.post(each, content.today) for each in content.missions]


def times(content: Content) -> list[Row]:
    """Return the figures of the newest measurement; none before the first."""
    measured = of_edition(content.shelf.number)
    return [places.time(each, measured.measurement) for each in measured.figures]


def alerts(content: Content) -> list[Row]:
    """Return the newest alerts; older ones are on the pages of their years."""
    begun = Alert.objects.published().filter(starts_at__lte=content.at)
    newest = begun.with_texts().order_by("-starts_at", "-pk")[:MOST_ALERTS]
    return [places.alert(each, content.at) for each in newest]


def pages(content: Content) -> list[Row]:
    """Return the pages with a text in the reader's language; the newest first."""
    language = get_language() or "en"
    found = ((page, page.live(language, content.at)) for page in content.tree.pages.values())
    rows = [places.page(page, text, content.at) for page, text in found if text]
    return sorted(rows, key=lambda row: (row["live_from"], row["path"]), reverse=True)


def accounts(content: Content) -> list[Row]:
    return [places.account(each) for each in Account.objects.all()]


def _all(*resources: Resource) -> dict[str, Resource]:
    return {each.name: each for each in resources}


RESOURCES = _all(
    Resource("rules", _("What each group of nationalities needs"), law.RULE, of_book("rules", law.rule), ("group", "outcome")),
    Resource("groups", _("Which nationality is in which group"), law.GROUP, of_book("members", law.member), ("group", "nationality")),
    Resource("categories", _("Kinds of visa"), law.CATEGORY, of_book("categories", law.category)),
    Resource("purposes", _("Purposes of a journey"), law.PURPOSE, of_book("purposes", law.purpose), ("category",)),
    Resource("travel-documents", _("Kinds of travel document"), law.TRAVEL_DOCUMENT, of_book("travel_documents", law.travel_document)),
    Resource("fees", _("Fees"), law.FEE, of_book("fees", law.fee), ("category",)),
    Resource("surcharges", _("What can be added to a fee"), law.SURCHARGE, of_book("surcharges", law.surcharge)),
    Resource("service-fees", _("Fees of services for citizens"), law.SERVICE_FEE, of_book("service_fees", law.service_fee)),
    Resource("fee-exemptions", _("Who pays nothing"), law.EXEMPTION, of_book("exemptions", law.exemption)),
    Resource("required-documents", _("Documents that applicants hand in"), law.REQUIRED, of_book("documents", law.required), ("category",)),
    Resource("sources", _("Laws that the rules come from"), law.SOURCE, of_book("sources", law.source)),
    Resource("posts", _("Embassies and posts, their hours and holidays"), places.POST, posts),
    Resource("processing-times", _("How long decisions took"), places.TIME, times, ("category", "post")),
    Resource("alerts", _("Alerts, newest first"), places.ALERT, alerts, ("kind", "severity")),
    Resource("pages", _("Pages and news in a language"), places.PAGE, pages, ("kind",)),
    Resource("official-accounts", _("Official accounts"), places.ACCOUNT, accounts, ("state",)),
)  # fmt: skip
