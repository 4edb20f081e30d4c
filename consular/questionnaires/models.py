"""Questionnaires, their revisions, and the answers that people give to them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.questionnaires import values
from consular.questionnaires.filling import Derive, Entry, Filling, no_context
from consular.questionnaires.notes import Note, note
from consular.questionnaires.schema import Document, Question, parse
from consular.questionnaires.status import Source

GIVEN = ("question", "value", "typed", "source")  # The columns of an answer that make an entry
OWN = 32_767  # The row of answers that stand back for those of another person
MOST_EARLIER = 20  # Revisions that a draft looks back on


class Questionnaire(models.Model):
    """A questionnaire through all its revisions."""

    code = models.SlugField(_("code"), unique=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.code


class RevisionQuerySet(models.QuerySet["Revision"]):
    def published(self) -> "RevisionQuerySet":
        return self.filter(published_at__isnull=False)

    def current(self, code: str) -> "Revision":
        """Return the newest published revision of a questionnaire, without its content; DoesNotExist if none is."""
        return self.published().filter(questionnaire__code=code).defer("content").latest("number")


def newest(questionnaire: str) -> models.Subquery:
    """Return the newest published revision's key, of the questionnaire at this path of an outer query."""
    published = Revision.objects.published().filter(questionnaire=models.OuterRef(questionnaire))
    return models.Subquery(published.order_by("-number").values("pk")[:1])


class Revision(models.Model):
    """One wording of a questionnaire. The database refuses every change once it is published.

    `content` is what `consular.questionnaires.schema.parse` reads.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(  # None: the portal itself, with what it came with
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    writers = ArrayField(
        models.BigIntegerField(), default=list, blank=True, editable=False
    )  # All who wrote it
    version = models.PositiveIntegerField(default=1, editable=False)  # Raised by every change of a draft
    changed_at = models.DateTimeField(_("last written"), default=timezone.now, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["questionnaire", "number"]
        permissions = [("publish_revision", "Can publish a questionnaire that others wrote")]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="revision_has_its_own_number"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(published_at__isnull=True),
                name="questionnaire_has_one_draft",
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revisions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}/{self.number}"

    @property
    def document(self) -> Document:
        """The questionnaire as objects; a published one is read and parsed once in this process."""
        if self.published_at is None:
            return parse(self.content)
        return _published(self.pk, self.published_at.isoformat())

    def earlier(self) -> dict[int, Document]:
        """Return the published revisions before this one by number, the newest first; one query."""
        before = Revision.objects.published().filter(
            questionnaire=self.questionnaire_id, number__lt=self.number
        )
        return {
            each.number: each.document for each in before.defer("content").order_by("-number")[:MOST_EARLIER]
        }


@lru_cache(maxsize=32)
def _published(pk: int, published_at: str) -> Document:
    """Parse a published revision. The moment is part of the key because a test's database reuses primary keys."""
    return parse(Revision.objects.values_list("content", flat=True).get(pk=pk))


class AnswerSheet(models.Model):
    """The answers of one person to one revision. A frozen sheet holds what was submitted and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sheets")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed = models.JSONField(
        default=dict, db_default={}, blank=True, editable=False
    )  # See consular.questionnaires.notes

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def day(self) -> date:
        """The day on which the answers are judged: today, or for ever the day when they were frozen."""
        return timezone.localdate(self.frozen_at) if self.frozen_at else timezone.localdate()

    def entries(self) -> dict[str, Entry]:
        """Return what was given to each question of the revision, by its id; one query."""
        return self._entries(self.answers.filter(row=0).values_list(*GIVEN))

    def filling(self, derive: Derive = no_context) -> Filling:
        """Return the questionnaire as it stands; one query, and one more where it changed since it was answered."""
        if not self.changed:
            return Filling(self.revision.document, self.entries(), derive)
        answers = list(self.answers.values_list(*GIVEN, "row"))
        entries = self._entries(given for *given, row in answers if row == 0)
        aside = {(name, row): value for name, value, _typed, _source, row in answers if row}
        return Filling(self.revision.document, entries, derive, self._notes(aside))

    def _entries(self, answers: Iterable[Sequence[Any]]) -> dict[str, Entry]:
        """Return what rows of GIVEN say. Plain rows: a page reads a hundred of them."""
        questions = self.revision.document.questions
        return {
            name: Entry(values.from_json(questions[name], value), typed, source)
            for name, value, typed, source in answers
            if name in questions
        }

    def _notes(self, aside: Mapping[tuple[str, int], Any]) -> dict[str, Note]:
        """Return what to say about each question that changed since it was answered."""
        before = self.revision.earlier()
        return {
            name: note(raw, _question(before, raw["since"], name), aside.get((name, raw["since"])))
            for name, raw in self.changed.items()
            if name in self.revision.document.questions
        }


def _question(documents: Mapping[int, Document], number: int, name: str) -> Question | None:
    return documents[number].questions.get(name) if number in documents else None


class Answer(models.Model):
    """What was given to one question: a right `value`, or as `typed` where it is no right answer.

    Both columns are empty where the question was left empty and may be. `row` 0 is the answer; what it was when it did
    not fit a newer revision any more is kept aside in the row of the number of the older one, and what somebody answered
    before they answered as another person does in the row OWN. `saved_by` is who gave it
    on behalf of the person whose sheet it is, None where that was the person.
    """

    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    row = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(null=True)
    typed = models.JSONField(null=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.TYPED)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question", "row"], name="question_is_answered_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(typed__isnull=True),
                name="answer_is_right_or_as_typed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.question}"

    def entry(self, question: Question) -> Entry:
        return Entry(values.from_json(question, self.value), self.typed, self.source)
