"""The number that tells whether a policy read earlier is still the one in the database."""

from django.db import models


class Version(models.Model):
    """One row, written by the database itself whenever a table of this app changes (migration 0001)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="policy_has_one_version")]

    def __str__(self) -> str:
        return str(self.number)
