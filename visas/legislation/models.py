"""A change of the law with its edits, and the scenarios that every change must pass."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from visas.legislation.status import OPEN, Act, Expected, State


class ChangeQuerySet(models.QuerySet["Change"]):
    def drafts(self) -> "ChangeQuerySet":
        return self.filter(state=State.DRAFT)

    def open(self) -> "ChangeQuerySet":
        return self.filter(state__in=OPEN)


class Change(models.Model):
    """A set of edits that become law together. Who began it never puts it in force: the database refuses."""

    title = models.CharField(_("title"), max_length=120)
    why = models.TextField(_("why"), max_length=2000, help_text=_("What is decided, and by whom."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("author")
    )
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    put_in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken over by"),
    )
    put_in_force_at = models.DateTimeField(_("taken over"), null=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the law")
        verbose_name_plural = _("changes of the law")
        ordering = ["-pk"]
        permissions = [("enact_change", "Can put a change of the law in force")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(put_in_force_by__isnull=True)
                | ~models.Q(put_in_force_by=models.F("author")),
                name="change_is_put_in_force_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="in_force", put_in_force_by__isnull=False, put_in_force_at__isnull=False
                )
                | (
                    ~models.Q(state="in_force")
                    & models.Q(put_in_force_by__isnull=True, put_in_force_at__isnull=True)
                ),
                name="change_in_force_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="change_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY


class Edit(models.Model):
    """One row of the law that a change adds, alters or removes.

    `table` is the name of a model of `visas.policy`, `row` the key of the row. `before` is the whole row as the
    editor saw it, `values` what it shall say: whole for a new row, the altered columns for another.
    `revision` counts how often the edit was written, so that nobody overwrites what they have not seen.
    """

    change = models.ForeignKey(Change, models.CASCADE, related_name="edits")
    act = models.CharField(max_length=6, choices=Act)
    table = models.CharField(max_length=30)
    row = models.PositiveBigIntegerField(null=True)
    values: Any = models.JSONField(default=dict)
    before: Any = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)  # Everybody who wrote it
    at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "table", "row"], name="row_is_edited_once_in_a_change"),
            models.CheckConstraint(
                condition=models.Q(act="add", row__isnull=True)
                | models.Q(act__in=["alter", "remove"], row__isnull=False),
                name="edit_names_the_row_unless_it_adds_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.table} {self.row or ''}".strip()


class Scenario(models.Model):
    """Somebody's question and the answer that the law must give. Empty expectations are not compared."""

    note = models.CharField(_("what it shows"), max_length=200, unique=True)
    nationality = models.CharField(_("nationality"), max_length=3)
    document = models.SlugField(_("document"), max_length=20)
    purpose = models.SlugField(_("purpose"), max_length=20)
    days = models.PositiveSmallIntegerField(_("days"))
    on = models.DateField(_("day of arrival"))
    outcome = models.CharField(_("outcome"), max_length=13, choices=Expected)
    category = models.CharField(_("category"), max_length=2, blank=True)
    fee = models.DecimalField(_("fee"), max_digits=8, decimal_places=2, null=True, blank=True)
    changed_at = models.DateTimeField(_("last written"), auto_now=True)

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["on", "nationality", "note"]
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gte=1), name="scenario_stays_a_day"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Expected.values), name="scenario_expects_a_known_outcome"
            ),
            models.CheckConstraint(
                condition=models.Q(nationality__regex=r"^[A-Z]{3}$"),
                name="scenario_nationality_is_three_capitals",
            ),
        ]

    def __str__(self) -> str:
        return self.note
