"""The audit trail: who did or saw what, when. Append-only: the database refuses updates and deletes."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        """Return the entries about one object, oldest first."""
        return self.about_any([subject])

    def about_any(self, subjects: Iterable[models.Model]) -> "EntryQuerySet":
        """Return the entries about any of several objects, oldest first."""
        named = [models.Q(subject_type=each._meta.label_lower, subject_id=str(each.pk)) for each in subjects]
        return self.filter(reduce(or_, named)).order_by("pk") if named else self.none()


class Entry(models.Model):
    """One act. `detail` holds codes and identifiers only, never a person's data."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_entries_of_a_subject")
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="audit_entry_names_its_verb")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_type} {self.subject_id}"
