"""Read a message."""

from django.utils import timezone

from consular.notifications.models import Message


def read(message: Message) -> None:
    """Note when the person first opened the message."""
    if message.read_at is None:
        message.read_at = timezone.now()
        Message.objects.filter(pk=message.pk, read_at=None).update(read_at=message.read_at)
