"""Forget e-mails about signing in."""

from datetime import timedelta

from django.utils import timezone

from consular.notifications.models import Message

KEPT_FOR = timedelta(days=30)  # Long enough to find out why somebody got no code


def forget_account_mail() -> int:
    """Delete old messages that no inbox keeps, with the addresses they went to; return how many there were.

    Anybody may have typed these addresses: their holders need not have an account with us.
    """
    old = Message.objects.filter(in_inbox=False, posted_at__lt=timezone.now() - KEPT_FOR)
    _, counted = old.delete()
    return counted.get(Message._meta.label, 0)
