"""What is kept no longer."""

from celery import shared_task
from django.utils import timezone

from embassy.feedback.models import Remark


@shared_task(name="feedback.forget_old")
def forget_old() -> int:
    """Delete the remarks of more than a year ago; return how many."""
    deleted, _ = Remark.objects.outlived(timezone.now()).delete()
    return deleted
