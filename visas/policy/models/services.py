"""What else is paid for, what is paid back, and whose fingerprints are taken."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from visas.policy.models.validity import InForce, ends_after_it_starts, never_overlap


class Surcharge(InForce):
    """What an applicant may add to a visa's fee: a part of it (`percent`) or a sum (`amount`)."""

    code = models.SlugField(_("code"))
    name = MultilingualField(_("name"))
    help = MultilingualField(_("help"), default=dict, blank=True)
    percent = models.PositiveSmallIntegerField(_("per cent of the fee"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    not_for = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("not for the categories"),
        default=list,
        blank=True,
        help_text=_("Codes of categories, with commas between them."),
    )
    alone = models.BooleanField(_("is asked for alone, not with an application"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("surcharge")
        verbose_name_plural = _("surcharges")
        ordering = ["position", "code", "valid_from"]
        constraints = [
            ends_after_it_starts("surcharge_ends_after_it_starts"),
            never_overlap("two_surcharges_of_one_code_never_overlap", "code"),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=False, amount__isnull=True)
                | models.Q(percent__isnull=True, amount__gte=0),
                name="surcharge_is_a_part_or_a_sum",
                violation_error_message=_("Give either a part of the fee or an amount."),
            ),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="surcharge_is_in_a_known_currency"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ServiceFee(InForce):
    """What a consular service for citizens costs; nothing is an amount too."""

    code = models.SlugField(_("code"))
    name = MultilingualField(_("name"))
    note = MultilingualField(_("note"), default=dict, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("fee of a service for citizens")
        verbose_name_plural = _("fees of services for citizens")
        ordering = ["position", "code", "valid_from"]
        constraints = [
            ends_after_it_starts("service_fee_ends_after_it_starts"),
            never_overlap("two_fees_of_one_service_never_overlap", "code"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="service_fee_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="service_fee_is_in_a_known_currency"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class RefundRule(InForce):
    """One sentence on when a fee is paid back (`refunded`) or kept."""

    code = models.SlugField(_("code"))
    text = MultilingualField(_("text"), help_text=_("One sentence for the applicant."))
    refunded = models.BooleanField(_("the fee is paid back"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("rule on refunds")
        verbose_name_plural = _("rules on refunds")
        ordering = ["position", "code", "valid_from"]
        constraints = [
            ends_after_it_starts("refund_rule_ends_after_it_starts"),
            never_overlap("two_refund_rules_of_one_code_never_overlap", "code"),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Fingerprints(InForce):
    """From which age fingerprints are taken from those who come in person."""

    from_age = models.PositiveSmallIntegerField(_("from the age of"))

    class Meta:
        verbose_name = _("fingerprints")
        verbose_name_plural = _("fingerprints")
        ordering = ["valid_from"]
        constraints = [
            ends_after_it_starts("fingerprints_end_after_they_start"),
            never_overlap("one_age_for_fingerprints_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"≥ {self.from_age}"
