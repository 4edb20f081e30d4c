"""What of the public site's work waits for a member of staff: counted by their rights, one query for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from consular.ui.templatetags.ui import digits
from embassy.alerts.models import Alert, Sending, Text
from embassy.alerts.models.alert import FALLBACK
from embassy.alerts.status import Status
from embassy.content.models import Node, Revision
from embassy.content.status import SOURCE, State
from embassy.feedback.models import Remark
from embassy.feedback.status import State as RemarkState
from visas.legislation.models import Change, Edit
from visas.legislation.status import State as ChangeState

PAGES, ALERTS = "admin:content_node_changelist", "admin:alerts_alert_changelist"


@dataclass(frozen=True)
class Task:
    """Work that waits for who has one of `rights`; `find` returns the rows of it that are theirs."""

    rights: tuple[str, ...]
    find: Callable[[Any], "QuerySet[Any]"]
    words: Any
    view: str
    query: tuple[tuple[str, str], ...] = ()

    def is_for(self, user: Any) -> bool:
        return any(user.has_perm(right) for right in self.rights)

    @property
    def url(self) -> str:
        return f"{reverse(self.view)}?{urlencode(self.query)}" if self.query else reverse(self.view)


@dataclass(frozen=True)
class Line:
    text: str
    url: str


def is_public_work(user: Any) -> bool:
    """Tell whether the public site is a part of the work of `user`."""
    return any(task.is_for(user) for task in TASKS)


def lines(user: Any) -> list[Line]:
    """Return what waits for `user`, in the order of `TASKS`; nothing of what there is none of."""
    counted = ((task, task.find(user).count()) for task in TASKS if task.is_for(user))
    return [_line(task, count) for task, count in counted if count]


def _line(task: Task, count: int) -> Line:
    return Line(task.words % {"count": count, "number": digits(count)}, task.url)


# What of it is theirs


def texts_to_approve(user: Any) -> "QuerySet[Revision]":
    return Revision.objects.filter(state=State.REVIEW).exclude(_written_by(user, "author"))


def own_drafts(user: Any) -> "QuerySet[Revision]":
    return Revision.objects.filter(_written_by(user, "author"), state=State.DRAFT)


def overdue_pages(user: Any) -> "QuerySet[Node]":
    return Node.objects.overdue()


def stale_translations(user: Any) -> "QuerySet[Revision]":
    """Return the texts shown in the languages of `user` that translate another text than the English one shown."""
    shown = Revision.objects.filter(language__in=user.translates_into.values("language"))
    translations = Revision.objects.filter(pk__in=shown.exclude(language=SOURCE).live().values("pk"))
    english = Revision.objects.filter(node=OuterRef("node"), language=SOURCE).live()
    of_something = translations.annotate(source=Subquery(english.values("pk")[:1])).filter(source__gt=0)
    return of_something.filter(~Q(translates=F("source")) | Q(translates=None))


def alerts_to_approve(user: Any) -> "QuerySet[Alert]":
    english = Text.objects.filter(alert=OuterRef("pk"), language=FALLBACK, approved_at=None)
    own_words = Exists(english.filter(_written_by(user, "written_by")))
    waiting = Alert.objects.filter(~own_words, status=Status.REVIEW, ends_at__gt=timezone.now())
    return waiting.exclude(written_by=user)


def unfinished_sendings(user: Any) -> "QuerySet[Sending]":
    return Sending.objects.filter(done_at=None)


def open_remarks(user: Any) -> "QuerySet[Remark]":
    return Remark.objects.filter(state=RemarkState.OPEN)


def changes_to_enact(user: Any) -> "QuerySet[Change]":
    own_edits = Exists(Edit.objects.filter(change=OuterRef("pk"), writers__contains=[user.pk]))
    return Change.objects.filter(~own_edits, state=ChangeState.READY).exclude(author=user)


def _written_by(user: Any, column: str) -> Q:
    return Q((column, user)) | Q(writers__contains=[user.pk])


TASKS = (
    Task(
        ("alerts.approve_alert",),
        alerts_to_approve,
        ngettext_lazy("%(number)s alert waits for approval", "%(number)s alerts wait for approval", "count"),
        ALERTS,
        (("state", Status.REVIEW.value),),
    ),
    Task(
        ("alerts.send_alert",),
        unfinished_sendings,
        ngettext_lazy(
            "%(number)s alert is being sent to subscribers",
            "%(number)s alerts are being sent to subscribers",
            "count",
        ),
        ALERTS,
    ),
    Task(
        ("content.approve_revision",),
        texts_to_approve,
        ngettext_lazy("%(number)s text waits for approval", "%(number)s texts wait for approval", "count"),
        PAGES,
        (("work", "approve"),),
    ),
    Task(
        ("content.write_revision", "content.translate_revision"),
        own_drafts,
        ngettext_lazy("%(number)s draft of yours", "%(number)s drafts of yours", "count"),
        PAGES,
        (("work", "drafts"),),
    ),
    Task(
        ("content.translate_revision",),
        stale_translations,
        ngettext_lazy(
            "%(number)s translation is older than the English text",
            "%(number)s translations are older than the English text",
            "count",
        ),
        "admin:content:coverage",
    ),
    Task(
        ("content.write_revision",),
        overdue_pages,
        ngettext_lazy(
            "%(number)s page is overdue for review", "%(number)s pages are overdue for review", "count"
        ),
        PAGES,
        (("work", "overdue"),),
    ),
    Task(
        ("feedback.change_remark",),
        open_remarks,
        ngettext_lazy("%(number)s open remark of a reader", "%(number)s open remarks of readers", "count"),
        "admin:feedback_remark_changelist",
        (("state__exact", RemarkState.OPEN.value),),
    ),
    Task(
        ("legislation.enact_change",),
        changes_to_enact,
        ngettext_lazy(
            "%(number)s change of the law waits for a second person",
            "%(number)s changes of the law wait for a second person",
            "count",
        ),
        "admin:legislation_change_changelist",
        (("state__exact", ChangeState.READY.value),),
    ),
)
