"""What can be found, the words it is made of, other words for the same thing, and what people looked for."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from consular.lib.wording import forms
from embassy.search.status import Kind

FEWEST_TIMES = 3


class Text(models.Model):
    """One public text in one language, as it stands in the index. `address` begins after the language: /visas/tv/."""

    kind = models.CharField(max_length=8, choices=Kind)
    address = models.CharField(max_length=250)
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    vector = SearchVectorField()
    digest = models.CharField(max_length=64)  # SHA-256 of all that the row is made from

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="texts_by_their_words")]
        constraints = [
            models.UniqueConstraint(fields=["address", "language"], name="text_stands_once_in_the_index"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word that some text holds: its form for comparing, and how it is most often written."""

    form = models.CharField(max_length=40, unique=True)
    written = models.CharField(max_length=80)

    class Meta:
        indexes = [GinIndex(fields=["form"], opclasses=["gin_trgm_ops"], name="words_by_likeness")]

    def __str__(self) -> str:
        return self.written


class Index(models.Model):
    """One row: from which edition the index was made, and the moment from which the clock alone makes another."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    edition = models.BigIntegerField()
    stale_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="search_has_one_index")]

    def __str__(self) -> str:
        return str(self.edition)


class Synonym(models.Model):
    """Words for the same thing, in any language: who looks for one finds the others too."""

    words = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("words"),
        help_text=_("Single words for the same thing, with commas between them: visa, ویزا, روادید"),
    )
    forms = ArrayField(models.CharField(max_length=40), editable=False)

    class Meta:
        verbose_name = _("words for the same thing")
        verbose_name_plural = _("words for the same thing")
        constraints = [
            models.CheckConstraint(condition=models.Q(words__len__gte=2), name="synonym_needs_two_words"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.words)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.forms = sorted({form for word in self.words for each in forms(word) for form in each})
        super().save(*args, **kwargs)


class SearchQuerySet(models.QuerySet["Search"]):
    def frequent(self) -> "SearchQuerySet":
        """Return what was looked for several times: rarer words may be the name of the one who looked."""
        often = Search.objects.values("words").annotate(sum=models.Sum("times")).filter(sum__gte=FEWEST_TIMES)
        return self.filter(words__in=often.values("words"))


class Search(models.Model):
    """What was looked for on a day, in a language, and how often. Nothing tells who looked, or at what time."""

    on = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("looked for"), max_length=120)
    found = models.BooleanField(_("found something"))
    times = models.PositiveIntegerField(_("times"), default=1)
    best = models.CharField(_("first of what was found"), max_length=250, blank=True)

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ["-on", "-times", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["on", "language", "words"], name="search_is_counted_once_a_day_and_language"
            ),
        ]

    def __str__(self) -> str:
        return self.words
