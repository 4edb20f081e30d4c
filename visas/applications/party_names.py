"""How the travellers of a party are called, in the reader's script where they have told it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from consular.questionnaires.models import Answer
from consular.ui.templatetags.ui import digits
from visas.applications.models import VisaApplication

NAMES = ("name.surname", "name.given", "name.native")
IN_ARABIC_LETTERS = ("fa", "ar")


def names(applications: Iterable[VisaApplication]) -> dict[UUID, str]:
    """Return how each traveller is called, in the reader's script where they have told it; one query."""
    listed = list(applications)
    told: dict[UUID, dict[str, Any]] = defaultdict(dict)
    answers = Answer.objects.filter(
        sheet__in=[each.sheet_id for each in listed], question__in=NAMES, row=0, value__isnull=False
    )
    for sheet, question, value in answers.values_list("sheet", "question", "value"):
        told[sheet][question] = value
    return {each.pk: name_of(told[each.sheet_id], each.place) for each in listed}


def name_of(told: Mapping[str, Any], place: int | None) -> str:
    """Return a name in the reader's script, else as in the passport, else the number in the party."""
    latin = latin_of(told)
    native: str = told.get("name.native") or ""
    in_own_letters = (get_language() or "").startswith(IN_ARABIC_LETTERS) and _is_arabic(native)
    return (native if in_own_letters or not latin else latin) or number_of(place)


def latin_of(told: Mapping[str, Any]) -> str:
    """Return the name of the passport, as one speaks it; '' while it is not answered."""
    return " ".join(filter(None, (told.get("name.given"), told.get("name.surname"))))


def number_of(place: int | None) -> str:
    return gettext("Traveller %(number)s") % {"number": digits(place or 1)}


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def same_as_words(name: str) -> str:
    """Say whose answers a section has; '' where they are the traveller's own."""
    return gettext("The same as for %(name)s") % {"name": name} if name else ""


def followed(application: VisaApplication) -> dict[str, str]:
    """Return section → whom the traveller answers it as; no query for who travels alone, else two at most."""
    if application.party_id is None:
        return {}
    links = list(application.alike.select_related("other"))
    called = names(link.other for link in links) if links else {}
    return {link.section: called[link.other_id] for link in links}
