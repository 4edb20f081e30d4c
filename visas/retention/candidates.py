"""What will go, when and why: documents of one kind of one case or draft, whose time is over by a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from consular.cases.models import Case
from consular.documents.models import Document
from consular.outbox.models import Effect
from visas.applications.models import Evidence, VisaApplication
from visas.policy.book import current, in_force
from visas.policy.models import KeepingTime
from visas.policy.status import Fate
from visas.retention import ends

NAMES = {Case: "case_id", VisaApplication: "application_id", Document: "document_id"}  # In payloads
OWN = "retention."  # Our own work on a subject is no reason to wait
Subject = Case | VisaApplication | Document


@dataclass
class Candidate:
    """Documents that go together under one rule. `is_held` when work on them or on their case is not done yet."""

    rule: KeepingTime
    subject: Subject
    since: date
    documents: list[Document] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    is_held: bool = False

    @property
    def goes_on(self) -> date:
        return self.since + timedelta(days=self.rule.whole_days)

    @property
    def case(self) -> Case | None:
        return self.subject if isinstance(self.subject, Case) else None

    @property
    def key(self) -> str:
        """Name the group in the key of the work that ends it."""
        return f"{self.subject._meta.model_name}:{self.subject.pk}:{self.rule.kind}"

    @property
    def ids(self) -> dict[str, Any]:
        """Say in a payload what it is about."""
        return {NAMES[type(self.subject)]: str(self.subject.pk), "kind": self.rule.kind}

    @property
    def why(self) -> dict[str, Any]:
        """Say in the trail by which rule it goes."""
        return {
            "rule": self.rule.code,
            "since": self.since.isoformat(),
            "days": self.rule.days,
            "appeal_days": self.rule.appeal_days,
            "law": f"{self.rule.source.code} {self.rule.clause}".strip(),
        }


def rules_on(day: date) -> dict[Fate, ends.Rules]:
    """Return the times that hold on a day, by how an application ended and kind."""
    found: dict[Fate, ends.Rules] = {}
    for rule in in_force(current().keeping_times, day):
        found.setdefault(Fate(rule.fate), {})[rule.kind] = rule
    return found


def candidates(by: date, *, on: date, mission_ids: Iterable[int] | None = None) -> list[Candidate]:
    """Return what is over on the day `by`, under the law of the day `on`; what goes first comes first.

    `mission_ids` keeps to cases and drafts of these missions, and leaves out files that belong nowhere.
    """
    law, found = rules_on(on), list[Candidate]()
    for fate, rules in law.items():
        found += _of(fate, rules, by, mission_ids)
    if mission_ids is None and Fate.DRAFT in law:
        found += _loose(law[Fate.DRAFT], by)
    _hold(found)
    return sorted(found, key=lambda each: (each.goes_on, each.key))


def candidate(subject: Subject, kind: str, *, on: date) -> Candidate | None:
    """Return what is over today of one kind of one case, draft or loose document, as it is now."""
    law = rules_on(on)
    if isinstance(subject, Document):
        found = list(_loose(law.get(Fate.DRAFT, {}), on, pk=subject.pk))
    else:
        name = "case" if isinstance(subject, Case) else "application"
        fates = [fate for fate in law if (fate == Fate.DRAFT) == (name == "application")]
        found = [each for fate in fates for each in _of(fate, law[fate], on, None, **{name: subject.pk})]
    _hold(found)
    return next((each for each in found if each.rule.kind == kind), None)


def _of(
    fate: Fate, rules: ends.Rules, by: date, mission_ids: Iterable[int] | None, **about: Any
) -> Iterator[Candidate]:
    owner = "application" if fate == Fate.DRAFT else "case"
    rows = ends.ENDS[fate]().filter(ends.over(rules, by), **about).order_by("pk")
    if mission_ids is not None:
        rows = rows.filter(**{f"{owner}__mission__in": list(mission_ids)})
    groups: dict[tuple[Any, str], Candidate] = {}
    for row in rows:
        subject = getattr(row, owner)
        group = groups.setdefault((subject.pk, row.kind), Candidate(rules[row.kind], subject, row.since))
        group.since = max(group.since, row.since)
        group.documents.append(row.document)
        group.evidence += [row] if fate == Fate.DRAFT else []
    yield from groups.values()


def _loose(rules: ends.Rules, by: date, **about: Any) -> Iterator[Candidate]:
    for document in ends.loose().filter(ends.over(rules, by), **about):
        yield Candidate(rules[document.kind], document, document.since, [document])  # type: ignore[attr-defined]


def _hold(found: list[Candidate]) -> None:
    """Mark what waits for work of ours: owed, being done, or tried in vain."""
    if not found:
        return
    payloads = Effect.objects.exclude(status=Effect.Status.DONE).exclude(topic__startswith=OWN)
    busy = {
        (name, str(value))
        for payload in payloads.values_list("payload", flat=True)
        for name, value in payload.items()
    }
    for each in found:
        concerned = [(NAMES[type(each.subject)], str(each.subject.pk))]
        concerned += [("document_id", str(document.pk)) for document in each.documents]
        if application := getattr(each.subject, "application", None):
            concerned.append(("application_id", str(application.pk)))
        each.is_held = not busy.isdisjoint(concerned)
