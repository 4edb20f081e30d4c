"""The nights on which documents whose time was over were looked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One night's look: how many groups of documents it owed the end of, and how many it held back for open work."""

    on = models.DateField(_("day"), unique=True)
    owed = models.PositiveIntegerField(_("to be erased"))
    held = models.PositiveIntegerField(_("held back"))
    at = models.DateTimeField(_("looked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("look for documents whose time is over")
        verbose_name_plural = _("documents whose time is over")
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owed__gte=0, held__gte=0), name="run_counts_from_nothing"
            )
        ]

    def __str__(self) -> str:
        return str(self.on)
