"""Which documents have come to an end, since when: one query for each `Fate`, and one for files that belong nowhere.

Each row has `since`, the day from which its time counts, `kind` and `document_id`. Only what has ended is here: a
case that is open, and an approval whose visa is not made yet, are in none of them.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate

from consular.cases.models import Attachment
from consular.cases.status import Status
from consular.documents.models import Document
from visas.applications.models import Evidence
from visas.issuance.models import EVisa
from visas.policy.models import KeepingTime
from visas.policy.status import Fate

Rules = dict[str, KeepingTime]  # by kind

DECIDED = TruncDate("case__decision__decided_at")


def attached(status: Status, since: Any) -> QuerySet[Attachment]:
    ended = Attachment.objects.filter(case__status=status, case__kind="visa", document__removed_at=None)
    return ended.annotate(since=since, kind=F("document__kind")).select_related(
        "case__application", "document"
    )


def withdrawn() -> QuerySet[Attachment]:
    return attached(Status.WITHDRAWN, TruncDate("case__moved_at"))


def refused() -> QuerySet[Attachment]:
    return attached(Status.REFUSED, DECIDED)


def approved() -> QuerySet[Attachment]:
    """Return those whose visa is made, since its last day; revoked or not, a later one counts."""
    visas = EVisa.objects.filter(application__case=OuterRef("case"))
    last = visas.order_by().values("application__case").annotate(last=Max("valid_until")).values("last")
    unfinished = visas.filter(paper="", revoked_at=None)
    since = Greatest(DECIDED, Subquery(last, output_field=DateField()))
    return attached(Status.APPROVED, since).filter(Exists(visas), ~Exists(unfinished))


def drafts() -> QuerySet[Evidence]:
    """Return files of applications that were never submitted, since anything was done on these."""
    answers = Evidence.objects.filter(pk=OuterRef("pk")).order_by().values("application__sheet")
    files = Evidence.objects.filter(application=OuterRef("application")).order_by().values("application")
    saved = answers.annotate(last=Max("application__sheet__answers__saved_at")).values("last")
    uploaded = files.annotate(last=Max("document__uploaded_at")).values("last")
    begun = F("application__created_at")
    last = Greatest(begun, Coalesce(Subquery(saved), begun), Coalesce(Subquery(uploaded), begun))
    open_ = Evidence.objects.filter(application__submitted_at=None, document__removed_at=None)
    return open_.annotate(since=Cast(TruncDate(last), DateField()), kind=F("document__kind")).select_related(
        "application", "document"
    )


def loose() -> QuerySet[Document]:
    """Return files that belong to no application and no case, since they were handed in."""
    return (
        Document.objects.kept()
        .filter(evidence=None, attachment=None)
        .annotate(since=TruncDate("uploaded_at"))
    )


ENDS: dict[Fate, Any] = {
    Fate.WITHDRAWN: withdrawn,
    Fate.REFUSED: refused,
    Fate.APPROVED: approved,
    Fate.DRAFT: drafts,
}


def over(rules: Rules, by: date) -> Q:
    """Return the condition that the time of a row with `kind` and `since` is over on the day `by`."""
    found = Q(pk__in=[])
    for kind, rule in rules.items():
        found |= Q(kind=kind, since__lte=by - timedelta(days=rule.whole_days))
    return found
