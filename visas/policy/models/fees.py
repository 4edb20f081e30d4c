"""What an application costs, and who pays nothing."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from visas.policy.models.categories import Category
from visas.policy.models.requirement import TravelDocument
from visas.policy.models.validity import InForce, ends_after_it_starts, never_overlap


class Fee(InForce):
    """The fee of a category during a time. `currency` is an ISO 4217 code."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="fees", verbose_name=_("category"))
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ["category", "valid_from"]
        constraints = [
            ends_after_it_starts("fee_ends_after_it_starts"),
            never_overlap("two_fees_of_one_category_never_overlap", "category"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="fee_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="currency_is_three_capitals"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category.code} {self.amount} {self.currency}"


class FeeExemption(InForce):
    """Somebody who pays nothing: below an age, with a kind of document, or family of a citizen."""

    code = models.SlugField(_("code"))
    name = MultilingualField(_("who pays nothing"))
    under_age = models.PositiveSmallIntegerField(_("below the age of"), null=True, blank=True)
    document = models.ForeignKey(
        TravelDocument, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    family_of_citizen = models.BooleanField(_("family of a citizen"), default=False)

    class Meta:
        verbose_name = _("fee exemption")
        verbose_name_plural = _("fee exemptions")
        ordering = ["code", "valid_from"]
        constraints = [
            ends_after_it_starts("exemption_ends_after_it_starts"),
            never_overlap("two_exemptions_of_one_code_never_overlap", "code"),
            models.CheckConstraint(
                condition=models.Q(under_age__isnull=False, document__isnull=True, family_of_citizen=False)
                | models.Q(under_age__isnull=True, document__isnull=False, family_of_citizen=False)
                | models.Q(under_age__isnull=True, document__isnull=True, family_of_citizen=True),
                name="exemption_has_exactly_one_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def frees(self, age: int | None, document: str | None, *, family_of_citizen: bool) -> bool:
        """Tell whether somebody of `age` in years with this kind of document pays nothing."""
        if self.under_age is not None:
            return age is not None and age < self.under_age
        if self.document is not None:
            return self.document.code == document
        return family_of_citizen


def age_on(birth_on: date, day: date) -> int:
    """Return the completed years on `day`; somebody born on 29 February turns older on 1 March of a common year."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))
