from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from consular.accounts.actions import forget_ended_sessions

pytestmark = pytest.mark.django_db


def seen(user, session_key):
    return UserSession.objects.create(
        user=user, session_key=session_key, ip="203.0.113.7", user_agent="A browser"
    )


def test_ended_sessions_go_with_what_was_typed_and_with_the_addresses(signed_in, applicant, stranger):
    kept = signed_in(applicant).session.session_key
    ended = signed_in(stranger).session.session_key
    typed = Client()
    typed.post("/en/apply/new/", {"category": "TV"})
    for key in (ended, typed.session.session_key):
        Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    seen(applicant, kept)
    seen(stranger, ended)
    assert forget_ended_sessions() == 2
    assert list(Session.objects.values_list("pk", flat=True)) == [kept]
    assert UserSession.objects.get().user == applicant


def test_it_is_done_every_hour():
    tasks = {each["task"]: each["schedule"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks["accounts.forget_ended_sessions"] == timedelta(hours=1)
