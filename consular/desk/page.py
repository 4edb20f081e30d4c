"""What the case page shows, asked for once: the rules, the service's panels, documents, checks, history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy as _

from consular.audit.models import Entry, EntryQuerySet
from consular.audit.trail import ON_BEHALF
from consular.cases import explain, rules
from consular.cases.kinds import BESIDE, Panel, Row, kind_of
from consular.cases.models import Attachment, Case, Check, Decision, Recommendation
from consular.cases.status import Act, Obstacle, Outcome
from consular.desk import twins, words
from consular.documents import explain as document_words
from consular.documents.models import Document, Page
from consular.ui.templatetags.ui import day, digits

NEWEST = 200


@dataclass(frozen=True)
class Button:
    """One act: where it leads, whether it happens by a POST at once, and what stands in the way, if anything."""

    label: Any
    url: str
    obstacle: Obstacle | None
    at_once: bool = False
    weight: str = "secondary"


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence in words: a value, or what was said beside what was found, or lines of a passport's zone."""

    label: str
    values: list[str]
    zone: str = ""


@dataclass(frozen=True)
class CheckRow:
    """A check in words, with what it compared."""

    label: str
    check: Check
    flag: str
    evidence: list[Exhibit]

    @property
    def compared(self) -> list[Exhibit]:
        return [each for each in self.evidence if len(each.values) > 1]

    @property
    def single(self) -> list[Exhibit]:
        return [each for each in self.evidence if len(each.values) == 1]

    @property
    def named(self) -> list[Exhibit]:
        """Return what is only named, such as the references of other cases."""
        return [each for each in self.evidence if not each.values and not each.zone]


@dataclass(frozen=True)
class DocumentRow:
    """A document of the case. `told` is what the applicant reads about a file that cannot be used."""

    attachment: Attachment
    label: str
    state: str
    told: str
    notes: list[str]
    pages: list[Page]


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    who: str
    what: str


def in_words(value: str) -> str:
    """Return a value of evidence as the officer reads it: dates in words, numbers in their digits, else as it is."""
    if value.isdecimal():
        return digits(value)
    try:
        return str(day(date.fromisoformat(value)))
    except ValueError:
        return value or "–"


# (act, URL name, the button's own words if the act has several, by POST at once, weight)
BUTTONS: tuple[tuple[Act, str, Any, bool, str], ...] = (
    (Act.CLAIM, "claim", None, True, ""),
    (Act.APPROVE, "approve", None, False, ""),
    (Act.REFUSE, "refuse", None, False, "warning"),
    (Act.SEND_BACK, "send_back", None, False, "secondary"),
    (Act.ASK, "ask", None, False, "secondary"),
    (Act.TAKE_BACK, "take_back", None, True, "secondary"),
    (Act.RECOMMEND, "recommend_approval", _("Recommend approval"), False, "secondary"),
    (Act.RECOMMEND, "recommend_refusal", _("Recommend refusal"), False, "secondary"),
    (Act.RELEASE, "release", None, True, "secondary"),
    (Act.TAKE_OVER, "take_over", None, False, "secondary"),
)


class CasePage:
    """One case as `user` sees it now, in the active language."""

    def __init__(self, case: Case, user: Any) -> None:
        self.case, self.user, self.kind = case, user, kind_of(case)

    @cached_property
    def title(self) -> str:
        return gettext("Case %(reference)s") % {"reference": self.case.spaced_reference}

    @cached_property
    def about(self) -> str:
        return str(self.kind.label(self.case))

    @cached_property
    def status(self) -> tuple[Any, str]:
        """Return the state in words for staff, and the flag beside it."""
        return words.STATUSES[self.case.status], words.STATUS_FLAGS[self.case.status]

    @cached_property
    def panels(self) -> list[Panel]:
        return self.kind.panels(self.case)

    # What may be done

    @cached_property
    def buttons(self) -> list[Button]:
        capacities = rules.movers(self.user, self.case)
        return [
            Button(
                label or act.label,
                reverse(f"admin:desk:case_{name}", args=[self.case.reference]),
                rules.obstacle_for(act, self.case, capacities),
                at_once,
                weight,
            )
            for act, name, label, at_once, weight in BUTTONS
        ]

    @property
    def possible(self) -> list[Button]:
        return [button for button in self.buttons if button.obstacle is None]

    @property
    def impossible(self) -> list[Button]:
        return [button for button in self.buttons if button.obstacle is not None]

    @cached_property
    def may_note(self) -> bool:
        return rules.may(Act.NOTE, self.user, self.case)

    # What is known

    @cached_property
    def checks(self) -> list[CheckRow]:
        return [
            CheckRow(
                str(self.kind.check_label(check.code)),
                check,
                words.CHECK_FLAGS[check.result],
                [self._exhibit(code, value) for code, value in check.evidence],
            )
            for check in self.case.checks.all()
        ]

    def _exhibit(self, code: str, value: str) -> Exhibit:
        if not code:
            return Exhibit("", [], zone=value)
        values = [in_words(str(self.kind.check_label(part))) for part in value.split(BESIDE)] if value else []
        return Exhibit(str(self.kind.check_label(code)), values)

    @cached_property
    def documents(self) -> list[DocumentRow]:
        return [self._document(attachment) for attachment in self._attachments]

    @cached_property
    def _attachments(self) -> list[Attachment]:
        found = self.case.attachments.select_related("document").prefetch_related("document__pages")
        return list(found)

    @cached_property
    def _twins(self) -> dict[Document, list[SafeString]]:
        return twins.told([attachment.document for attachment in self._attachments], self.case, self.user)

    @property
    def unscanned(self) -> int:
        """How many files may be opened that no virus scanner has looked at."""
        files = (attachment.document for attachment in self._attachments)
        return sum(file.is_clean and not file.scanner and file.removed_at is None for file in files)

    def _document(self, attachment: Attachment) -> DocumentRow:
        document = attachment.document
        gone = document.removed_at is not None
        state, told = document_words.words(document)
        return DocumentRow(
            attachment=attachment,
            label=self._label(attachment),
            state=gettext("Removed") if gone else state,
            told=told if document.is_refused and not gone else "",
            notes=[*document_words.notes(document), *self._twins.get(document, [])],
            pages=document.kept_pages if not gone else [],
        )

    def _label(self, attachment: Attachment) -> str:
        """Return the document's purpose in the officer's language; its own label is in the applicant's."""
        try:
            return str(self.kind.document_label(attachment.purpose))
        except KeyError:
            return attachment.label or attachment.purpose

    @cached_property
    def requests(self) -> list[Any]:
        asked = self.case.requests.select_related("asked_by").prefetch_related("items__attachments__document")
        return list(asked.order_by("-pk"))

    @cached_property
    def notes(self) -> list[Any]:
        return list(self.case.notes.select_related("author").order_by("-pk"))

    # What was recommended and decided

    @cached_property
    def recommendations(self) -> list[tuple[Recommendation, list[str], list[Row]]]:
        """Return each recommendation with its grounds and its conditions in words, the newest first."""
        found = self.case.recommendations.select_related("by", "sent_back_by").order_by("-pk")
        return [(each, *self._in_words(each)) for each in found]

    @cached_property
    def decision(self) -> tuple[Decision, list[str], list[Row]] | None:
        decision = (
            Decision.objects.select_related("decided_by", "recommended_by").filter(case=self.case).first()
        )
        return (decision, *self._in_words(decision)) if decision else None

    def _in_words(self, made: Recommendation | Decision) -> tuple[list[str], list[Row]]:
        if made.outcome == Outcome.REFUSE:
            return explain.grounds_in_words(self.case, made.grounds), []
        return [], self.kind.condition_rows(self.case, made.conditions)

    # What happened

    @cached_property
    def history(self) -> list[HistoryRow]:
        return self._rows(self._entries.exclude(verb__in=words.LOOKS))

    @cached_property
    def looks(self) -> list[HistoryRow]:
        return self._rows(self._entries.filter(verb__in=words.LOOKS))

    @property
    def _entries(self) -> EntryQuerySet:
        subjects = [self.case, *(attachment.document for attachment in self._attachments)]
        return Entry.objects.about_any(subjects).select_related("actor").order_by("-pk")

    def _rows(self, entries: EntryQuerySet) -> list[HistoryRow]:
        return [
            HistoryRow(entry.at, self.who(entry), str(words.what(entry.verb, entry.detail.get("before", ""))))
            for entry in entries[:NEWEST]
        ]

    def who(self, entry: Entry) -> str:
        if entry.actor_id is None:
            return str(words.PORTAL)
        if entry.actor_id == self.case.applicant_id:
            return str(words.APPLICANT)
        if ON_BEHALF in entry.detail:
            return gettext("%(name)s, for the applicant") % {"name": entry.actor}
        return str(entry.actor)
