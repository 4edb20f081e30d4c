"""Recommendations and decisions. The database refuses to change either; a recommendation is sent back once."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.models.case import Case
from consular.cases.status import Outcome


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def standing(self) -> "RecommendationQuerySet":
        return self.filter(sent_back_at=None)


class Recommendation(models.Model):
    """What the officer who holds the case recommends to a second person."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recommendations")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    grounds = ArrayField(models.SlugField(), default=list, blank=True)
    conditions = models.JSONField(default=dict, blank=True)
    reason = models.TextField(_("reason"), max_length=5000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_back_reason = models.TextField(_("reason"), max_length=5000, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(sent_back_at=None),
                name="case_has_one_standing_recommendation",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="approve") | models.Q(grounds__len__gt=0),
                name="recommended_refusal_gives_a_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_back_by__isnull=True) | ~models.Q(sent_back_by=models.F("by")),
                name="recommendation_is_sent_back_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome} recommended"


class Decision(models.Model):
    """The decision on a case. `conditions` are the service's (entries, days of stay, dates), as it shows them.

    `applicant` repeats the case's applicant, and `recommended_*` the standing recommendation, so that the database
    itself can refuse a decision on one's own case, and a refusal that one person alone wanted.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    grounds = ArrayField(models.SlugField(), default=list, blank=True)
    conditions = models.JSONField(default=dict, blank=True)
    reason = models.TextField(_("internal reason"), max_length=5000, blank=True)
    recommended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recommended_outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recommended_by__isnull=True)
                | ~models.Q(recommended_by=models.F("decided_by")),
                name="decision_is_not_by_who_recommended_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("applicant")), name="decision_is_not_on_ones_own_case"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="approve")
                | models.Q(recommended_by__isnull=False, recommended_outcome="refuse"),
                name="refusal_was_recommended_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="approve") | models.Q(grounds__len__gt=0),
                name="refusal_gives_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"
