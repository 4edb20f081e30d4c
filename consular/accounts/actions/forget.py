"""Forget sessions that have ended."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone


@transaction.atomic
def forget_ended_sessions() -> int:
    """Delete sessions whose time is over, with what was typed in them, and return how many there were.

    With them go the addresses and browsers that people saw in their lists of open sessions.
    """
    ended, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
