"""What a page is about, in the words of schema.org, for search engines: JSON-LD in the page's head.

A script element of a type that is no script is data to a browser: it neither runs it nor asks the Content
Security Policy about it (HTML, "prepare the script element", steps 8 to 13). Everything comes from the context
that the page itself was drawn from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import json_script, strip_tags
from django.utils.translation import get_language

from consular.missions.models import Mission

Thing = dict[str, Any]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class LinkedData:
    """A description that a template writes as it is: `json_script` has escaped it."""

    thing: Thing

    def __html__(self) -> str:
        written = json_script({"@context": "https://schema.org", **self.thing})
        return str(written).replace("application/json", "application/ld+json", 1)


def of_page(context: Any) -> LinkedData | str:
    """Return the description of a page; empty where schema.org has no word for what it is."""
    match = getattr(context.get("request"), "resolver_match", None)
    describe = PAGES.get(match.view_name) if match else None
    thing = describe(context) if describe else None
    return LinkedData(thing) if thing else ""


def embassy() -> Thing:
    return {
        "@type": "GovernmentOrganization",
        "name": str(settings.EMBASSY_NAME),
        "url": settings.SITE_URL,
        **({"email": settings.IDENTITY.official} if settings.IDENTITY.official else {}),
    }


def address(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def home(context: Any) -> Thing:
    """Describe the site, with its search where there is one."""
    found: Thing = {"@type": "WebSite", "name": str(settings.EMBASSY_NAME), "url": address("website:home")}
    found |= {"inLanguage": get_language(), "publisher": embassy()}
    try:
        target = f"{address('search:search')}?q={{search_term_string}}"
    except NoReverseMatch:
        return found
    action = {"@type": "SearchAction", "target": {"@type": "EntryPoint", "urlTemplate": target}}
    return {**found, "potentialAction": {**action, "query-input": "required name=search_term_string"}}


def visa(context: Any) -> Thing | None:
    """Describe a kind of visa as a service of the government."""
    overview = context.get("overview")
    if overview is None:
        return None
    category, page = overview.category, address("website:visa_detail", overview.category.code.lower())
    found = {
        "@type": "GovernmentService",
        "name": str(category.name),
        "description": str(category.summary),
        "serviceType": "Visa",
        "provider": embassy(),
        "url": page,
        "inLanguage": get_language(),
    }
    if category.online:
        found["availableChannel"] = {"@type": "ServiceChannel", "serviceUrl": page}
    if fee := overview.fee():
        offer = {"@type": "Offer", "price": f"{fee.amount:.2f}", "priceCurrency": fee.currency}
        found["offers"] = offer
    return found


def posts(context: Any) -> Thing:
    offices = [office(each.mission) for each in context.get("posts", [])]
    return {"@type": "ItemList", "itemListElement": offices}


def post(context: Any) -> Thing | None:
    mission = context.get("mission")
    return office(mission) if mission else None


def office(mission: Mission) -> Thing:
    """Describe a post with its hours, in its own time."""
    found: Thing = {
        "@type": "GovernmentOffice",
        "name": str(mission.name),
        "url": address("website:post_detail", mission.code),
        "parentOrganization": embassy(),
    }
    known = {"address": str(mission.address or ""), "email": mission.email, "telephone": mission.phone}
    found |= {name: text for name, text in known.items() if text}
    if hours := [opening(span) for span in mission.timetable.spans if span.season is None]:
        found["openingHoursSpecification"] = hours
    return found


def opening(span: Any) -> Thing:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[span.weekday]}",
        "opens": f"{span.opens:%H:%M}",
        "closes": f"{span.closes:%H:%M}",
    }


def alert(context: Any) -> Thing | None:
    """Describe an alert that is public; it never replaces the alert's own page."""
    row, text = context.get("alert"), context.get("text")
    if row is None or text is None:
        return None
    return {
        "@type": "SpecialAnnouncement",
        "name": text.title,
        "text": f"{text.event}\n{text.actions}",
        "datePosted": row.starts_at.isoformat(),
        "expires": row.ends_at.isoformat(),
        "spatialCoverage": {"@type": "Place", "name": text.location},
        "announcementLocation": embassy(),
        "inLanguage": text.language,
        "url": address("alerts:detail", row.reference),
    }


def node(context: Any) -> Thing | None:
    """Describe a page kept by staff, where it is news or a question."""
    shown = context.get("shown")
    describe = NODES.get(shown.page.kind) if shown else None
    return describe(context, shown) if describe else None


def news(context: Any, shown: Any) -> Thing:
    return {
        "@type": "NewsArticle",
        "headline": shown.title,
        "description": shown.summary,
        "datePublished": min(text.live_from for text in shown.page.texts).isoformat(),
        "dateModified": shown.text.live_from.isoformat(),
        "inLanguage": shown.text.language,
        "author": embassy(),
        "url": settings.SITE_URL + shown.url,
    }


def question(context: Any, shown: Any) -> Thing:
    """Describe a question with its answer, as text."""
    said = " ".join(strip_tags(str(context.get("body", ""))).split())
    answer = {"@type": "Answer", "text": said}
    asked = {"@type": "Question", "name": shown.title, "acceptedAnswer": answer}
    return {"@type": "FAQPage", "inLanguage": shown.text.language, "mainEntity": [asked]}


PAGES: dict[str, Callable[[Any], Thing | None]] = {
    "website:home": home,
    "website:visa_detail": visa,
    "website:post_list": posts,
    "website:post_detail": post,
    "alerts:detail": alert,
    "website:node": node,
}
NODES: dict[str, Callable[[Any, Any], Thing]] = {"news": news, "question": question}
