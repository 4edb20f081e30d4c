"""A key signs for twelve months; then the one that was published in advance takes over."""

from django.utils import timezone

from visas.seals.actions.life import activate
from visas.seals.models import SignerKey
from visas.seals.status import State, Use


def rotate() -> list[SignerKey]:
    """Put a published key in use where the active one has signed long enough, or there is none; return those."""
    today = timezone.localdate()
    waiting = SignerKey.objects.filter(state=State.PUBLISHED)
    due = (
        key
        for key in waiting
        if not SignerKey.objects.active(Use(key.use)).filter(signs_until__gte=today).exists()
    )
    return [activate(key) for key in due]
