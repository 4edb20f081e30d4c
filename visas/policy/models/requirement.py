"""Who needs what: groups of nationalities, kinds of travel document, and the rules between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from visas.policy.models.categories import Category, Purpose
from visas.policy.models.validity import InForce, ends_after_it_starts, never_overlap
from visas.policy.status import Interview, Outcome


class RuleGroup(models.Model):
    """Nationalities that one set of rules serves. Whoever is in no group belongs to the default one."""

    code = models.CharField(_("code"), max_length=1, unique=True)
    name = MultilingualField(_("name"))
    is_default = models.BooleanField(_("everybody else"), default=False)

    class Meta:
        verbose_name = _("group of nationalities")
        verbose_name_plural = _("groups of nationalities")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_group_is_the_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class GroupMember(InForce):
    """A nationality belongs to a group for a time."""

    group = models.ForeignKey(RuleGroup, models.CASCADE, related_name="members", verbose_name=_("group"))
    nationality = models.CharField(
        _("nationality"),
        max_length=3,
        help_text=_("Three letters, as in the machine-readable zone of a passport."),
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["group", "nationality", "valid_from"]
        constraints = [
            ends_after_it_starts("membership_ends_after_it_starts"),
            never_overlap("a_nationality_is_in_one_group_at_a_time", "nationality"),
            models.CheckConstraint(
                condition=models.Q(nationality__regex=r"^[A-Z]{1,3}$"),
                name="nationality_is_written_in_capitals",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nationality} ∈ {self.group.code}"


class TravelDocument(models.Model):
    """A kind of passport or other travel document. `counts_as` replaces the group of the holder's nationality."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = MultilingualField(_("name"))
    help = MultilingualField(_("help"), default=dict, blank=True)
    counts_as = models.ForeignKey(
        RuleGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("counts as")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("kind of travel document")
        verbose_name_plural = _("kinds of travel document")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return str(self.name)


class Rule(InForce):
    """What a group of travellers needs: for one purpose or any, with one kind of document or any.

    Of the rules that fit, the one for a document goes before the one for a purpose, and that before the
    general one; a rule whose `max_days` is shorter than the stay does not fit.
    """

    group = models.ForeignKey(RuleGroup, models.CASCADE, related_name="rules", verbose_name=_("group"))
    purpose = models.ForeignKey(
        Purpose,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("purpose"),
        help_text=_("Empty: any purpose."),
    )
    document = models.ForeignKey(
        TravelDocument,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("Empty: any document."),
    )
    outcome = models.CharField(_("outcome"), max_length=13, choices=Outcome)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("authorisation"),
        help_text=_("For an electronic authorisation only; a visa is of the purpose's category."),
    )
    interview = models.CharField(_("interview"), max_length=9, choices=Interview, default=Interview.NONE)
    max_days = models.PositiveSmallIntegerField(_("longest stay in days"), null=True, blank=True)
    period_days = models.PositiveSmallIntegerField(_("within a period of days"), null=True, blank=True)
    may_take_longer = models.BooleanField(_("may take longer (administrative processing)"), default=False)
    reason = MultilingualField(_("reason"), help_text=_("One sentence for the traveller: why this is so."))

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["group", "document", "purpose", "valid_from"]
        constraints = [
            ends_after_it_starts("rule_ends_after_it_starts"),
            never_overlap(
                "two_rules_for_the_same_travellers_never_overlap", "group", optional=["purpose", "document"]
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.AUTHORISATION, category__isnull=False)
                | (~models.Q(outcome=Outcome.AUTHORISATION) & models.Q(category__isnull=True)),
                name="rule_names_a_category_for_an_authorisation_only",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.VISA)
                | models.Q(interview=Interview.NONE, may_take_longer=False),
                name="rule_asks_an_interview_only_for_a_visa",
            ),
            models.CheckConstraint(
                condition=models.Q(period_days__isnull=True)
                | models.Q(max_days__isnull=False, period_days__gte=models.F("max_days")),
                name="rule_counts_its_days_within_a_longer_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.code} · {self.purpose or '*'} · {self.document or '*'} · {self.get_outcome_display()}"

    def fits(self, group: RuleGroup, purpose: str, document: str) -> bool:
        """Tell whether the rule is about these travellers, whatever their length of stay and day."""
        return (
            self.group.code == group.code
            and (self.purpose is None or self.purpose.code == purpose)
            and (self.document is None or self.document.code == document)
        )

    def covers(self, days: int) -> bool:
        """Tell whether a stay of `days` is within what the rule allows."""
        return self.max_days is None or days <= self.max_days

    @property
    def precedence(self) -> tuple[bool, bool]:
        """Sorts the most particular rule first."""
        return (self.document is None, self.purpose is None)
