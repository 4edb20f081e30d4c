import pytest
from django.urls import reverse
from django.utils import timezone, translation

from consular.cases import actions
from consular.cases.models import Case
from consular.cases.status import Outcome, Status
from consular.notifications.models import Delivery, Message
from consular.portal import drafts
from consular.portal.drafts import Draft
from tests.factories.cases import AttachmentFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

PAGES_OF_A_CASE = ["portal:case_detail", "portal:case_state", "portal:case_answer", "portal:case_withdraw"]


def text_of(response):
    return response.content.decode()


def test_home_lists_what_was_begun_and_what_was_sent(visit, received, monkeypatch):
    monkeypatch.setattr(
        drafts, "_SOURCES", [lambda user: [Draft("Transit visa", "/en/apply/1/", timezone.now(), 2, 5)]]
    )
    text = text_of(visit("portal:home"))
    assert "Transit visa" in text
    assert "2 of 5 parts are complete." in text
    assert received.spaced_reference in text
    assert "Sample visa" in text


def test_home_of_a_newcomer_says_where_to_begin(visit):
    text = text_of(visit("portal:home"))
    assert "You have not begun an application yet." in text
    assert reverse("website:visa_list") in text


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_the_same_for_one_case_and_for_three(
    visit, mission, applicant, count, django_assert_num_queries
):
    from tests.factories.cases import CaseFactory

    CaseFactory.create_batch(count, mission=mission, applicant=applicant)
    with django_assert_num_queries(5):  # own cases, drafts, mandates held, unread messages, missions
        visit("portal:home")


def test_drafts_are_registered_once(monkeypatch):
    def source(user):
        return []

    monkeypatch.setattr(drafts, "_SOURCES", [])
    drafts.register_drafts(source)
    drafts.register_drafts(source)
    assert [source] == drafts._SOURCES


def test_the_page_of_a_case_says_how_it_stands_and_who_acts_next_by_when(visit, received):
    text = text_of(visit("portal:case_detail", received.reference))
    assert "Received, and in the queue" in text
    assert "Embassy Port Sabel acts next." in text
    assert "By " in text
    assert "We received your application" in text
    assert "AZAD" not in text


def test_a_refusal_shows_its_grounds_and_an_approval_its_conditions(visit, held, officer, consul, kind):
    actions.recommend(held, by=officer, outcome=Outcome.REFUSE, grounds=["purpose"], reason="internal words")
    actions.decide(
        Case.objects.get(), by=consul, outcome=Outcome.REFUSE, grounds=["purpose"], reason="internal words"
    )
    text = text_of(visit("portal:case_detail", held.reference))
    assert "The purpose of the stay is not clear" in text
    assert "internal words" not in text
    assert "Withdraw" not in text.split("</header>")[1]


def test_an_approval_shows_its_conditions_and_what_may_be_downloaded(visit, held, officer, kind, monkeypatch):
    actions.decide(held, by=officer, outcome=Outcome.APPROVE, conditions={"days": 30})
    waiting = text_of(visit("portal:case_detail", held.reference))
    assert "data-poll-url" in waiting
    monkeypatch.setattr(kind, "results", lambda case: [("Download your visa (PDF)", "/en/evisa/V1/")])
    text = text_of(visit("portal:case_detail", held.reference))
    assert "/en/evisa/V1/" in text
    assert "30" in text
    assert "data-poll-url" not in text


@pytest.mark.parametrize("name", PAGES_OF_A_CASE)
def test_strangers_get_404_staff_too(received, stranger, officer, signed_in, name):
    address = reverse(name, args=[received.reference])
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(officer).get(address).status_code == 404
    assert signed_in(stranger).post(address).status_code in {404, 405}


@pytest.mark.parametrize("name", ["portal:home", "portal:inbox"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client, name):
    assert client.get(reverse(name))["Location"].startswith("/en/account/login/?next=")


@pytest.mark.parametrize("reference", ["AAAAAAAAAAAA", "QV7K-M3WF-D2H3", "x' OR 1=1--xx"])
def test_what_is_no_reference_is_no_page(visit, reference):
    assert visit.client.get(f"/en/my/{reference}/").status_code == 404


def test_a_reference_may_be_written_in_any_way_in_the_address(visit, received):
    assert visit.client.get(f"/en/my/{received.reference.lower()}/").status_code == 200
    assert visit.client.get(f"/en/my/{received.spaced_reference}/").status_code == 200


def test_the_state_is_sent_again_only_when_it_changed(visit, received, officer):
    address = reverse("portal:case_state", args=[received.reference])
    first = visit.client.get(address)
    assert visit.client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.claim(received, by=officer)
    second = visit.client.get(address, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "Being reviewed by an officer" in text_of(second)


def test_a_closed_case_is_told_once_and_then_no_more(visit, received, applicant):
    actions.withdraw(received, by=applicant)
    address = reverse("portal:case_state", args=[received.reference])
    first = visit.client.get(address, headers={"If-None-Match": '"old"'})
    assert first.status_code == 200
    assert visit.client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 204


def test_pages_of_a_person_are_kept_by_no_cache(visit, received):
    for name in ("portal:case_detail", "portal:case_withdraw"):
        assert "no-store" in visit(name, received.reference)["Cache-Control"]


def test_withdrawing_asks_first_and_closes_the_case(visit, received):
    assert "cannot be undone" in text_of(visit("portal:case_withdraw", received.reference))
    assert Case.objects.get().status == Status.SUBMITTED
    response = visit.client.post(reverse("portal:case_withdraw", args=[received.reference]), follow=True)
    assert "You have withdrawn your application." in text_of(response)
    assert Case.objects.get().status == Status.WITHDRAWN


def test_withdrawing_twice_is_harmless(visit, received):
    address = reverse("portal:case_withdraw", args=[received.reference])
    visit.client.post(address)
    assert visit.client.post(address).status_code == 302
    assert Message.objects.filter(template="cases/withdrawn").count() == 1


def test_the_inbox_is_the_persons_own(visit, applicant, stranger):
    own, other = (
        MessageFactory(to=applicant, subject="For me"),
        MessageFactory(to=stranger, subject="Not for me"),
    )
    text = text_of(visit("portal:inbox"))
    assert "For me" in text
    assert "Not for me" not in text
    assert visit("portal:message", other.pk).status_code == 404
    assert visit("portal:message", own.pk).status_code == 200


def test_a_message_that_was_opened_is_read(visit, applicant):
    message = MessageFactory(to=applicant)
    assert "You have 1 unread message" in text_of(visit("portal:home"))
    visit("portal:message", message.pk)
    assert "unread" not in text_of(visit("portal:home"))


def test_a_message_keeps_its_own_language_and_direction(visit, applicant):
    message = MessageFactory(
        to=applicant, language="fa", subject="پیام", body="متن <b> https://embassy.example.org/fa/"
    )
    text = text_of(visit("portal:message", message.pk))
    assert 'lang="fa" dir="rtl"' in text
    assert "&lt;b&gt;" in text
    assert 'href="https://embassy.example.org/fa/"' in text


def test_a_message_that_could_not_be_delivered_says_so(visit, applicant):
    message = MessageFactory(to=applicant)
    Delivery.objects.create(message=message, address=applicant.email, header_id="<1@x>", state="failed")
    assert "could not deliver this message by email" in text_of(visit("portal:message", message.pk))


def test_the_pages_speak_persian(applicant, signed_in, received, asked):
    client = signed_in(applicant)
    with translation.override("fa"):
        for name in PAGES_OF_A_CASE:
            response = client.get(reverse(name, args=[received.reference]))
            assert response.status_code == 200
        assert 'dir="rtl"' in text_of(client.get(reverse("portal:case_detail", args=[received.reference])))


def test_history_is_in_the_order_in_which_it_happened(visit, asked):
    text = text_of(visit("portal:case_detail", asked.reference))
    assert text.index("We received your application") < text.index("We asked you for something")


@pytest.mark.parametrize(
    ("purpose", "shown"), [("itinerary", "Itinerary"), ("a-purpose-of-the-past", "برنامهٔ سفر")]
)
def test_documents_are_named_in_the_language_of_the_page(visit, received, purpose, shown):
    """The words stored at submission are in the applicant's language of that day: the last resort."""
    AttachmentFactory(case=received, purpose=purpose, label="برنامهٔ سفر")
    text = text_of(visit("portal:case_detail", received.reference))
    assert f">{shown}</h3>" in text
