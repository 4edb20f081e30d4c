from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from consular.notifications.actions import forget_account_mail, mail, post
from consular.notifications.models import Delivery, Message

pytestmark = pytest.mark.django_db


def code_to(address, *, days_ago):
    message = mail("account/login_code", address=address, language="en", context={"code": "1234-5678"})
    Message.objects.filter(pk=message.pk).update(posted_at=timezone.now() - timedelta(days=days_ago))


def test_old_mail_about_signing_in_goes_with_the_address_and_what_an_inbox_keeps_stays(applicant):
    code_to("old@example.org", days_ago=31)
    code_to("new@example.org", days_ago=1)
    kept = post("cases/decided", to=applicant, key="case:1:decided", case_reference="QV7KM3WFD2HX")
    Message.objects.filter(pk=kept.pk).update(posted_at=timezone.now() - timedelta(days=400))
    assert forget_account_mail() == 1
    assert set(Delivery.objects.values_list("address", flat=True)) == {"new@example.org", applicant.email}


def test_it_is_done_every_day():
    tasks = {each["task"]: each["schedule"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks["notifications.forget_account_mail"] == timedelta(days=1)
