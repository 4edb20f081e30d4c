"""What can be found: every text of the public site, in every language, as it reads at a moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _, override

from consular.missions.models import Mission
from embassy.alerts.models import Alert
from embassy.content.models import Revision
from embassy.content.status import Kind as NodeKind, State
from embassy.search.status import Kind
from visas.policy import book as policy
from visas.policy.models import Category

LANGUAGES = [code for code, name in settings.LANGUAGES]
KINDS = {NodeKind.NEWS: Kind.NEWS, NodeKind.QUESTION: Kind.QUESTION}


@dataclass(frozen=True)
class Source:
    """One text in one language. `address` is without the language: /visas/tv/."""

    kind: Kind
    address: str
    language: str
    title: str
    summary: str = ""
    body: str = ""


# The pages where people do something; what they are called there, and what else people call it
TASKS = (
    ("website:checker", _("Do I need a visa?"), _("Answer five questions and see what you need, why, and what it costs.")),
    ("website:visa_list", _("Visas"), _("Every kind of visa, who it is for, and how to apply.")),
    ("website:fees", _("Fees"), _("What visas and our other services cost, and when money is paid back.")),
    ("website:fee_calculator", _("Work out the fee"), _("What you pay for one traveller or several.")),
    ("website:processing_times", _("Processing times"), _("How long decisions take, measured from the cases.")),
    ("website:post_find", _("Find the post that serves you"), _("Where to turn, for where you live and what you need.")),
    ("website:post_list", _("Embassies and posts"), _("Addresses, opening hours, telephone numbers and e-mail.")),
    ("portal:status", _("Status of an application"), _("See where your application stands, without an account.")),
    ("verification:check", _("Check a visa"), _("Find out whether a visa is genuine and in force.")),
    ("alerts:list", _("Alerts"), _("What our citizens and travellers must know now, and what to do.")),
    ("alerts:subscribe", _("Get alerts by email"), _("For the countries that you choose, without an account.")),
    ("website:official_accounts", _("Official accounts"), _("Which sites, addresses and accounts are ours.")),
    ("website:page_privacy", _("Privacy"), _("What we keep about you, why, for how long, and your rights.")),
    ("website:page_accessibility", _("Accessibility"), _("How accessible this site is, and how to tell us about problems.")),
)  # fmt: skip


def all_texts(at: datetime) -> Iterator[Source]:
    """Yield everything that readers may find at a moment."""
    yield from tasks()
    yield from pages(at)
    yield from visas()
    yield from posts()
    yield from alerts(at)


def tasks() -> Iterator[Source]:
    for language in LANGUAGES:
        with override(language):
            for name, title, summary in TASKS:
                yield Source(Kind.PAGE, without_language(reverse(name)), language, str(title), str(summary))


def pages(at: datetime) -> Iterator[Source]:
    """Yield the pages kept by staff; a section whose address a page of ours has is found as that page."""
    ours = {without_language(reverse(name)) for name, *_words in TASKS}
    for revision in Revision.objects.live(at).select_related("node"):
        address = f"/{revision.node.path}/"
        if address not in ours:
            kind = KINDS.get(NodeKind(revision.node.kind), Kind.PAGE)
            body = unescape(strip_tags(revision.html))
            yield Source(kind, address, revision.language, revision.title, revision.summary, body)


def visas() -> Iterator[Source]:
    book = policy.current()
    for category in book.categories:
        address = without_language(reverse("website:visa_detail", args=[category.code.lower()]))
        purposes = [purpose for purpose in book.purposes if purpose.category_id == category.pk]
        for language in LANGUAGES:
            title, summary = _both(category, language)
            body = " ".join([category.code, *_in(language, (each.name for each in purposes))])
            yield Source(Kind.VISA, address, language, title, summary, body)


def _both(category: Category, language: str) -> tuple[str, str]:
    return category.name.in_language(language), category.summary.in_language(language)


def posts() -> Iterator[Source]:
    for mission in Mission.objects.all():
        address = without_language(reverse("website:post_detail", args=[mission.code]))
        for language in LANGUAGES:
            name, where, access = _in(language, (mission.name, mission.address, mission.access))
            yield Source(Kind.POST, address, language, name, where, access)


def alerts(at: datetime) -> Iterator[Source]:
    """Yield the alerts in force, in each language that they have."""
    for alert in Alert.objects.live(at).with_texts():
        address = without_language(alert.get_absolute_url())
        for language in LANGUAGES:
            if text := alert.approved_texts().get(language):
                body = f"{text.location} {text.actions} {text.assistance}"
                yield Source(Kind.ALERT, address, language, text.title, text.event, body)


def _in(language: str, texts: Iterable[Any]) -> list[str]:
    return [text.in_language(language) for text in texts if hasattr(text, "in_language")]


def without_language(address: str) -> str:
    """Return an address as it stands after the language: /en/visas/ → /visas/."""
    return "/" + address[1:].partition("/")[2]


def changes_at(at: datetime) -> datetime | None:
    """Return the first moment after `at` at which the clock alone changes what can be found."""
    pages, warnings = Revision.objects.filter(state=State.APPROVED), Alert.objects.published()
    moments = [
        rows.filter(**{f"{name}__gt": at}).aggregate(first=Min(name))["first"]
        for rows, names in ((pages, ("live_from", "live_to")), (warnings, ("starts_at", "ends_at")))
        for name in names
    ]
    return min((moment for moment in moments if moment), default=None)
