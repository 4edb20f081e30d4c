"""What an applicant shows, and how long the passport must last."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from visas.policy.conditions import validate_condition
from visas.policy.models.categories import Category
from visas.policy.models.validity import InForce, ends_after_it_starts, never_overlap
from visas.policy.status import Kind


class RequiredDocument(InForce):
    """A document that applicants of a category hand in: all of them, or those for whom `condition` holds."""

    category = models.ForeignKey(
        Category, models.CASCADE, related_name="documents", verbose_name=_("category")
    )
    code = models.SlugField(_("code"), max_length=30)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SUPPORTING)
    label = MultilingualField(_("label"))
    help = MultilingualField(_("help"), default=dict, blank=True)
    condition = models.JSONField(_("condition"), default=list, blank=True, validators=[validate_condition])
    when = MultilingualField(_("condition in words"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")
        ordering = ["category", "position", "code"]
        constraints = [
            ends_after_it_starts("required_document_ends_after_it_starts"),
            never_overlap("a_category_asks_for_a_document_once", "category", "code"),
            models.CheckConstraint(
                condition=models.Q(condition=[], when={}) | (~models.Q(condition=[]) & ~models.Q(when={})),
                name="document_with_a_condition_says_it_in_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)


class PassportValidity(InForce):
    """How long a passport must last beyond the stay, and how many pages must be empty."""

    months_beyond_stay = models.PositiveSmallIntegerField(_("months beyond the stay"))
    blank_pages = models.PositiveSmallIntegerField(_("empty pages"))

    class Meta:
        verbose_name = _("passport validity")
        verbose_name_plural = _("passport validity")
        ordering = ["valid_from"]
        constraints = [
            ends_after_it_starts("passport_validity_ends_after_it_starts"),
            never_overlap("one_passport_validity_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"+{self.months_beyond_stay} months"
