"""How long the documents of an application are kept once it has come to its end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visas.policy.models.validity import InForce, ends_after_it_starts, never_overlap
from visas.policy.status import Fate, Kind


class KeepingTime(InForce):
    """Documents of a kind are kept for `days` after their application came to an end; see `Fate` for when that is.

    `appeal_days` come first: while a decision may still be appealed, nothing goes. What no row names is kept.
    """

    fate = models.CharField(_("how it ended"), max_length=9, choices=Fate)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    days = models.PositiveSmallIntegerField(_("days"))
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal, which come first"), default=0)

    class Meta:
        verbose_name = _("time that documents are kept")
        verbose_name_plural = _("times that documents are kept")
        ordering = ["fate", "kind", "valid_from"]
        constraints = [
            ends_after_it_starts("time_to_keep_documents_ends_after_it_starts"),
            never_overlap("documents_of_one_fate_are_kept_for_one_time", "fate", "kind"),
            models.CheckConstraint(
                condition=models.Q(days__gte=1, days__lte=20000), name="documents_are_kept_for_a_day_at_least"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fate_display()} · {self.get_kind_display()} · {self.days}"

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.fate}/{self.kind}"

    @property
    def whole_days(self) -> int:
        return self.days + self.appeal_days
