"""Pages kept by staff: where they stand (`Node`) and what they say in a language (`Revision`)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from embassy.content.status import OPEN, PUBLISHED, Kind, State

PATH = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"


class Edition(models.Model):
    """One row, written by the database itself whenever a watched table changes (`embassy.content.edition`)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="site_has_one_edition")]

    def __str__(self) -> str:
        return str(self.number)


class NodeQuerySet(models.QuerySet["Node"]):
    def overdue(self) -> "NodeQuerySet":
        """Return the pages whose day of review has passed, the longest overdue first."""
        return self.filter(review_by__lt=timezone.localdate()).order_by("review_by", "path")


class Node(models.Model):
    """A page's place on the site: its address is /<language>/<path>/. What it says is in its revisions."""

    path = models.CharField(
        _("path"),
        max_length=200,
        unique=True,
        help_text=_("The page’s address without the language, such as citizens/lost-passport."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PAGE)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Pages beside each other are shown in this order.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who answers for what the page says."),
    )
    review_by = models.DateField(_("to be reviewed by"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed"), null=True, editable=False)

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(condition=Q(path__regex=PATH), name="page_path_is_plain_words"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="page_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SECTION) | Q(parent=None), name="section_stands_at_the_top"
            ),
        ]

    def __str__(self) -> str:
        return self.path


class TextQuerySet(models.QuerySet["Revision"]):
    def live(self, at: datetime | None = None) -> "TextQuerySet":
        """Return for each page and language the text that readers see: the newest approved one in force."""
        moment = at or timezone.now()
        in_force = self.filter(
            Q(live_to=None) | Q(live_to__gt=moment), state=State.APPROVED, live_from__lte=moment
        )
        return in_force.order_by("node_id", "language", "-live_from", "-pk").distinct("node_id", "language")

    def published(self, at: datetime | None = None) -> "TextQuerySet":
        """Return every text that readers have seen, the newest first."""
        begun = self.filter(state__in=PUBLISHED, live_from__lte=at or timezone.now())
        # Not what was taken down before its time came
        never_shown = Q(state=State.RETIRED, changed_at__lte=F("live_from"))
        return begun.exclude(never_shown).order_by("-live_from", "-pk")

    def open(self) -> "TextQuerySet":
        return self.filter(state__in=OPEN)


class Revision(models.Model):
    """A page's text in one language. What was approved is never rewritten: a change is a new revision."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="revisions", verbose_name=_("page"))
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(editable=False, blank=True)
    search_text = models.TextField(editable=False, blank=True)  # Folded, as `consular.lib.folding` does
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)  # Everybody who saved it
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approver")
    )
    reason = models.CharField(_("reason for the change"), max_length=300, blank=True)
    remark = models.TextField(_("why it was sent back"), blank=True)
    live_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    live_to = models.DateTimeField(_("shown until"), null=True, blank=True)
    translates = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="translations", verbose_name=_("translation of")
    )
    version = models.PositiveIntegerField(default=1, editable=False)  # Counts savings: two editors, one text
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("write_revision", _("Can write pages in every language")),
            ("translate_revision", _("Can translate pages into their own languages")),
            ("approve_revision", _("Can approve pages")),
        ]
        indexes = [
            models.Index(
                fields=["node", "language", "-live_from"],
                condition=Q(state=State.APPROVED),
                name="approved_texts_of_a_page",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{2}$"), name="text_names_its_language"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="text_has_a_title"),
            models.CheckConstraint(
                condition=~Q(approver=F("author"))
                & ~Q(writers__contains=Func(F("approver"), template="ARRAY[%(expressions)s]")),
                name="nobody_approves_their_own_text",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLISHED) | Q(approver__isnull=False, live_from__isnull=False),
                name="published_text_was_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(live_to=None) | Q(live_to__gt=F("live_from")),
                name="text_is_shown_before_it_is_not",
            ),
            models.CheckConstraint(condition=~Q(translates=F("id")), name="text_does_not_translate_itself"),
            models.UniqueConstraint(
                fields=["node", "language"],
                condition=Q(state__in=OPEN),
                name="one_open_text_for_a_page_and_language",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def was_written_by(self, user: Any) -> bool:
        return user.pk == self.author_id or user.pk in self.writers


class Translator(models.Model):
    """Into which language somebody translates."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="translates_into", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=5)

    class Meta:
        verbose_name = _("translator")
        verbose_name_plural = _("translators")
        ordering = ["language", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="translator_has_each_language_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.language})"
