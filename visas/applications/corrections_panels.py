"""For the officer's case page: what the applicant corrected, old beside new, and what they declared."""

from collections.abc import Iterator

from django.utils.translation import gettext

from consular.cases.kinds import Panel, Row
from consular.ui.templatetags.ui import moment
from visas.applications.copies import versions
from visas.applications.mandates import NO_MARKS, marks
from visas.applications.models import VisaApplication


def corrected(application: VisaApplication) -> Iterator[Panel]:
    """Yield a panel for every correction, the newest first."""
    for version in reversed(versions(application)):
        by_others = marks(version.sheet) if version.changes else NO_MARKS
        rows = [
            Row(
                change.label,
                change.now_in_words,
                direction=change.direction,
                before=change.was_in_words,
                by=by_others.get(change.question.id, ""),
            )
            for change in version.changes
        ]
        if rows:
            yield Panel(gettext("Corrected: %(at)s") % {"at": moment(version.at)}, rows)


def declared(application: VisaApplication) -> Iterator[Panel]:
    """Yield a panel with each declaration in the words that were signed, when, and by whom."""
    rows = [
        Row(
            gettext("%(at)s, revision %(number)s")
            % {"at": moment(consent.agreed_at), "number": consent.revision.number},
            consent.text,
            "" if consent.by_id == application.applicant_id else str(consent.by),
            "rtl" if consent.language in {"fa", "ar"} else "ltr",
        )
        for consent in application.consents.select_related("revision", "by").defer("revision__content")
    ]
    if rows:
        yield Panel(gettext("Declarations as signed"), rows)
