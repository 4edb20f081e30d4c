"""Kinds of visa, what people travel for, and how long they may stay."""

from django.db import models
from django.utils.translation import gettext_lazy as _, ngettext

from consular.lib.multilingual import MultilingualField
from visas.policy.status import Entries, Unit

HOURS_A_DAY = 24


class Category(models.Model):
    """A kind of visa, such as TV (tourist). `online` says that this portal takes applications for it."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = MultilingualField(_("name"))
    summary = MultilingualField(
        _("summary"), help_text=_("Who it is for and what it allows, in one or two sentences.")
    )
    stay_note = MultilingualField(
        _("length of stay in words"),
        default=dict,
        blank=True,
        help_text=_("Only where the length is not one of a few fixed ones."),
    )
    target_working_days = models.PositiveSmallIntegerField(_("working days to a decision"))
    usable_for_days = models.PositiveSmallIntegerField(_("days in which the visa can be used"))
    online = models.BooleanField(_("can be applied for on this portal"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="category_code_is_two_capitals"
            ),
            models.CheckConstraint(
                condition=models.Q(usable_for_days__gte=1), name="category_gives_visas_that_can_be_used"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class StayOption(models.Model):
    """One length of stay with one number of entries that a category offers."""

    category = models.ForeignKey(
        Category, models.CASCADE, related_name="stay_options", verbose_name=_("category")
    )
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("counted in"), max_length=5, choices=Unit, default=Unit.DAYS)
    entries = models.CharField(_("entries"), max_length=1, choices=Entries)

    class Meta:
        verbose_name = _("length of stay")
        verbose_name_plural = _("lengths of stay")
        ordering = ["category", "unit", "length", "entries"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "length", "unit", "entries"], name="stay_is_offered_once"
            ),
            models.CheckConstraint(condition=models.Q(length__gte=1), name="stay_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.get_entries_display()}"

    @property
    def days(self) -> int:
        """The calendar days it covers at most: 24 hours may touch two days but count as one."""
        return -(-self.length // HOURS_A_DAY) if self.unit == Unit.HOURS else self.length

    @property
    def label(self) -> str:
        """The length in words of the active language."""
        if self.unit == Unit.HOURS:
            return ngettext("%(count)d hour", "%(count)d hours", self.length) % {"count": self.length}
        return ngettext("%(count)d day", "%(count)d days", self.length) % {"count": self.length}


class Purpose(models.Model):
    """What somebody travels for, as they would say it, and the category that serves it."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = MultilingualField(_("name"))
    help = MultilingualField(_("help"), default=dict, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="purposes", verbose_name=_("category")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return str(self.name)
