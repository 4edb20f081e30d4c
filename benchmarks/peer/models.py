from django.db import models


class Note(models.Model):
    """What the peer's form saves."""

    text = models.TextField()
    saved_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text[:40]
