"""How often visas are checked and with what result: for operations, never about a person."""

from datetime import date

from django.db import models
from django.db.models import F


class DailyCount(models.Model):
    """The number of checks with one result on one day."""

    on = models.DateField()
    result = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "result"], name="checks_are_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.result}: {self.count}"

    @staticmethod
    def note(on: date, result: str) -> None:
        """Add one to a day's count: one statement, but for the first of its day."""
        counted = DailyCount.objects.filter(on=on, result=result)
        if not counted.update(count=F("count") + 1):
            DailyCount.objects.bulk_create([DailyCount(on=on, result=result)], ignore_conflicts=True)
            counted.update(count=F("count") + 1)
