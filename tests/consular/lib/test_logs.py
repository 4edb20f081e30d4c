import logging

import pytest
from django.conf import settings
from django.db import IntegrityError

from consular.accounts.models import User
from consular.lib.logs import ReticentFormatter

pytestmark = pytest.mark.django_db

CANARY = "canary@example.org"


def logged(caplog):
    """Return what the configured handler wrote."""
    formatter = ReticentFormatter(settings.LOGGING["formatters"]["line"]["format"])
    handler = next(each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    return "\n".join(formatter.format(record) for record in caplog.records if handler.filter(record))


def quote_hiding_the_cause():
    try:
        {}[CANARY]
    except KeyError:
        raise ValueError(CANARY) from None


def test_the_log_is_written_by_what_leaves_values_out():
    handler = next(each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    assert isinstance(handler.formatter, ReticentFormatter)


def test_an_error_of_the_database_is_logged_without_the_row_that_it_quotes():
    User.objects.create(email=CANARY)
    with pytest.raises(IntegrityError) as caught:
        User.objects.create(email=CANARY)
    assert CANARY in str(caught.value)
    told = ReticentFormatter().formatException((caught.type, caught.value, caught.tb))
    assert CANARY not in told
    assert told.index("psycopg.errors.UniqueViolation") < told.index("django.db.utils.IntegrityError")
    assert 'test_logs.py", line' in told


def test_an_error_that_hides_its_cause_shows_itself_alone():
    with pytest.raises(ValueError, match=CANARY) as caught:
        quote_hiding_the_cause()
    told = ReticentFormatter().formatException((caught.type, caught.value, caught.tb))
    assert told.endswith("builtins.ValueError")
    assert "KeyError" not in told


def test_a_page_that_fails_is_named_by_its_route(client, caplog):
    client.get("/en/CANARY/")
    client.post("/verify/VCANARY99/canary-token/")
    told = logged(caplog)
    assert "Not Found: (no page of ours)" in told
    assert "Method Not Allowed (POST): verify/<slug:number>/<slug:token>/" in told
    assert "CANARY" not in told
    assert "canary" not in told


def test_developers_are_told_everything(settings):
    settings.DEBUG = True
    with pytest.raises(ValueError, match=CANARY) as caught:
        quote_hiding_the_cause()
    assert CANARY in ReticentFormatter().formatException((caught.type, caught.value, caught.tb))
