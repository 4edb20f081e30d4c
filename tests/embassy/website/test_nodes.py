"""Pages that staff keep, as readers see them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from embassy.content import coverage, markdown, tree
from embassy.content.models import Node, Revision
from embassy.content.status import Kind, State
from embassy.demo import missions, pages, people, policy
from tests.factories.content import ApprovedFactory, NodeFactory


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def place(db):
    return NodeFactory(path="citizens", kind=Kind.SECTION)


@pytest.fixture
def shown(place):
    return ApprovedFactory(node=place, title="Services for citizens", body="See [visas](/visas/).")


def test_a_page_costs_three_queries_at_first_and_one_while_nothing_changes(
    client, shown, django_assert_num_queries
):
    client.get("/en/")  # Alerts are looked up every few seconds, whatever the page
    ApprovedFactory(node=NodeFactory(path="other"))
    with django_assert_num_queries(3 + 1):  # The number, the tree, the text; and accounts in other hands
        client.get("/en/citizens/")
    with django_assert_num_queries(1):
        client.get("/en/citizens/")


def test_a_page_in_another_language_says_so_and_keeps_its_own_direction(client, shown):
    told = client.get("/fa/citizens/").content.decode()
    assert '<div lang="en" dir="ltr">' in told
    assert "govuk-inset-text" in told
    assert 'href="/fa/visas/"' in told


def test_a_stale_translation_says_so_and_leads_to_the_english_text(client, shown):
    ApprovedFactory(node=shown.node, language="fr", title="Services", translates=None)
    told = client.get("/fr/citizens/").content.decode()
    assert '<a class="govuk-link" href="/en/citizens/" hreflang="en">' in told


def test_a_page_changes_at_the_moment_for_which_it_was_approved(client, shown):
    later = timezone.now() + timedelta(hours=2)
    ApprovedFactory(node=shown.node, title="From tomorrow", live_from=later)
    etag = client.get("/en/citizens/").headers["ETag"]
    with time_machine.travel(later + timedelta(seconds=1)):
        response = client.get("/en/citizens/", headers={"If-None-Match": etag})
        assert response.status_code == 200
        assert "From tomorrow" in text(response)


def test_nothing_is_sent_twice_while_nothing_changes(client, shown):
    etag = client.get("/en/citizens/").headers["ETag"]
    assert client.get("/en/citizens/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    "path", ["nowhere", "citizens/nowhere", "a/b/c/d", "history", "citizens/nowhere/history"]
)
def test_where_nothing_is_shown_there_is_no_page(client, shown, path):
    assert client.get(f"/en/{path}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["..%2f..%2fetc/", "%00/", "Citizens/", "citizens%20/", "<b>/", "citizens/%e2%80%ae/"]
)
def test_an_address_that_no_page_can_have_is_none(client, shown, path):
    assert client.get(f"/en/{path}").status_code in {400, 404}


def test_the_history_names_every_text_with_its_reason_and_no_person(client, shown):
    ApprovedFactory(node=shown.node, title="Services", reason="Shorter title")
    told = text(client.get("/en/citizens/history/"))
    assert "Shorter title" in told
    assert "Services for citizens" in told
    assert shown.author.name not in told
    assert shown.approver.name not in told


def test_a_text_that_was_taken_down_before_its_time_came_is_never_in_the_history(client, shown):
    later = timezone.now() + timedelta(days=1)
    ApprovedFactory(node=shown.node, title="We close", live_from=later, state=State.RETIRED)
    with time_machine.travel(later + timedelta(days=1)):
        assert "We close" not in text(client.get("/en/citizens/history/"))


def test_a_text_that_was_taken_down_stays_in_the_history_of_its_page(client, shown):
    ApprovedFactory(
        node=shown.node, title="Gone", state="retired", remark="It was wrong", live_from=timezone.now()
    )
    told = text(client.get("/en/citizens/history/"))
    assert "It was wrong" in told


def test_the_header_of_every_page_has_the_sections_in_the_readers_language(client, shown):
    ApprovedFactory(node=shown.node, language="fr", title="Nos citoyens", translates=shown)
    client.get("/fr/")
    for address in ("/fr/", "/fr/status/", "/fr/verify/"):
        header = client.get(address).content.decode().partition("</header>")[0]
        assert '<a class="govuk-service-navigation__link" href="/fr/citizens/">Nos citoyens</a>' in header


def test_what_people_come_for_is_one_link_away_on_every_page(client, shown):
    footer = client.get("/en/citizens/").content.decode().partition("<footer")[2]
    for address in ("/en/visas/check/", "/en/status/", "/en/verify/"):
        assert f'href="{address}"' in footer


def test_news_is_listed_by_the_day_on_which_it_was_first_published(client, db):
    ApprovedFactory(node=NodeFactory(path="news", kind=Kind.SECTION), title="News")
    now = timezone.now()
    for days in (3, 1, 2):
        item = NodeFactory(path=f"news/item-{days}", kind=Kind.NEWS)
        ApprovedFactory(node=item, title=f"Item of {days}", live_from=now - timedelta(days=days))
    ApprovedFactory(node=item, title="Item of 2, corrected", live_from=now)
    told = text(client.get("/en/news/"))
    assert told.index("Item of 1") < told.index("Item of 2, corrected") < told.index("Item of 3")
    assert "Item of 1" in text(client.get("/en/"))


@pytest.fixture
def site(db):
    missions.load()
    policy.load()
    people.load(with_secrets=False)
    pages.load()
    return Client()


def test_loading_the_demonstration_twice_changes_nothing(site):
    before = list(Revision.objects.order_by("pk").values_list("pk", "state"))
    pages.load()
    assert list(Revision.objects.order_by("pk").values_list("pk", "state")) == before


def test_the_demonstration_has_something_in_every_state(site):
    now = timezone.now()
    assert Revision.objects.filter(state="review").count() == 2
    assert Revision.objects.filter(state="approved", live_from__gt=now).exists()
    assert Revision.objects.filter(live_to__lt=now).exists()
    rows = coverage.of(Node.objects.all())
    standings = {cell.standing for row in rows for cell in row.in_order}
    assert standings == set(coverage.Standing) - {coverage.Standing.SCHEDULED}
    assert Node.objects.overdue().exists()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_of_the_demonstration_is_small(site, language):
    large = {}
    for path in tree.read().pages:
        response = site.get(f"/{language}/{path}/", headers={"Accept-Encoding": "gzip"})
        if response.status_code == 200 and len(response.content) > 6 * 1024:
            large[path] = len(response.content)
    assert large == {}


def test_no_text_of_the_demonstration_leads_nowhere(site):
    bodies = Revision.objects.live().values_list("body", flat=True)
    linked = {link.partition("#")[0].partition("?")[0] for body in bodies for link in markdown.links(body)}
    ours = sorted(link for link in linked if link.startswith("/"))
    broken = [link for link in ours if site.get(f"/en{link}").status_code not in {200, 302}]
    assert broken == []
