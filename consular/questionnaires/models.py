"""Questionnaires, their revisions, and the answers that people give to them."""

import uuid
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.questionnaires import values
from consular.questionnaires.filling import Derive, Entry, Filling, no_context
from consular.questionnaires.schema import Document, Question, parse
from consular.questionnaires.status import Source


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


class Revision(models.Model):
    """One wording of a questionnaire. The database refuses every change once it is published.

    `content` is what `consular.questionnaires.schema.parse` reads.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["questionnaire", "number"]
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


@lru_cache(maxsize=32)
def _published(pk: int, published_at: str) -> Document:
    """Parse a published revision. The moment is part of the key because a test's database reuses primary keys."""
    return parse(Revision.objects.values_list("content", flat=True).get(pk=pk))


class AnswerSheet(models.Model):
    """The answers of one person to one revision. A frozen sheet holds what was submitted and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sheets")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def day(self) -> date:
        """The day on which the answers are judged: today, or for ever the day when they were frozen."""
        return timezone.localdate(self.frozen_at) if self.frozen_at else timezone.localdate()

    def entries(self) -> dict[str, Entry]:
        """Return what was given to each question of the revision, by its id; one query."""
        questions = self.revision.document.questions
        rows = self.answers.filter(row=0)
        return {row.question: row.entry(questions[row.question]) for row in rows if row.question in questions}

    def filling(self, derive: Derive = no_context) -> Filling:
        """Return the questionnaire as it stands; one query."""
        return Filling(self.revision.document, self.entries(), derive)


class Answer(models.Model):
    """What was given to one question: a right `value`, or as `typed` where it is no right answer.

    `row` tells the rows of a repeated group apart, 0 elsewhere; `saved_by` names a helper who gave it. Both columns are empty where the
    question was left empty and may be.
    """

    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    row = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(null=True)
    typed = models.JSONField(null=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.TYPED)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(  # None: the applicant
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
