"""Atom feeds of alerts: all, of a kind, about a country, or both."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consular.lib import countries
from embassy.alerts.models import Alert
from embassy.alerts.status import Kind
from embassy.website.content import Content
from embassy.website.feeds import ATOM_TYPE, MOST, Entry, Feed
from embassy.website.machines import for_machines
from embassy.website.nodes import language


@for_machines(ATOM_TYPE)
def alert_feed(request: HttpRequest, content: Content, kind: str = "", country: str = "") -> bytes:
    """Return the newest alerts that were made public, in the page's language or in English."""
    code = countries.alpha3(country) if country else ""
    if (kind and kind not in Kind.values) or (country and code not in countries.STATES):
        raise Http404(request.path)
    found = Alert.objects.published().filter(starts_at__lte=content.at).about(kind=kind, country=code)
    feed = Feed(title(kind, code), request.path, reverse("alerts:list"), language())
    return feed.written(map(entry, found.order_by("-approved_at").with_texts()[:MOST]))


def title(kind: str, country: str) -> str:
    """Return the name of a feed: Alerts: Health, Osmark."""
    about = [str(Kind(kind).label)] if kind else []
    about += [countries.name(country, language())] if country else []
    return _("Alerts: %(about)s") % {"about": ", ".join(about)} if about else _("Alerts")


def entry(alert: Alert) -> Entry:
    """Return an alert as it stands: where it was withdrawn or corrected the summary says so."""
    text = alert.text
    address = settings.SITE_URL + alert.get_absolute_url()
    public_at = alert.published_at or alert.starts_at
    changed = alert.withdrawn_at or public_at
    return Entry(
        address, text.title, summary(alert, text.event), public_at, changed, kind=alert.kind,
        country=alert.countries[0] if alert.countries else "",
    )  # fmt: skip


def summary(alert: Alert, event: str) -> str:
    if alert.withdrawn_at:
        return _("This alert was withdrawn. It said: %(event)s") % {"event": event}
    return event


def offered() -> list[tuple[str, str]]:
    """Return the feeds of the reader's language: title and address."""
    kinds = [(title(kind, ""), reverse("alerts:feed_of", args=[kind])) for kind in Kind.values]
    return [(_("Alerts"), reverse("alerts:feed")), *kinds]
