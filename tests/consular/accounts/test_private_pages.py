"""Pages that need a sign-in are kept by no cache, whoever wrote them."""

import pytest

pytestmark = pytest.mark.django_db

OTHERS = ["email/", "sessions/", "2fa/", "password/set/"]  # allauth's, which say nothing themselves


@pytest.mark.parametrize("page", OTHERS)
def test_a_page_that_needs_a_sign_in_is_kept_nowhere(signed_in, applicant, page):
    answer = signed_in(applicant).get(f"/en/account/{page}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer


def test_the_way_to_the_sign_in_is_kept_nowhere_either(client):
    assert "no-store" in client.get("/en/my/")["Cache-Control"]


def test_a_view_may_say_for_itself_how_its_answer_is_kept(signed_in, applicant):
    assert signed_in(applicant).get("/en/")["Cache-Control"] == "private, no-cache"
