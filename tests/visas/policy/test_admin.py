"""The law may be looked at by who holds the permission, and is rewritten by nobody here."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from visas.policy import models

pytestmark = pytest.mark.usefixtures("law")

TABLES = [
    model for model in vars(models).values() if isinstance(model, type) and model.__name__ in models.__all__
]
KEPT_BY_HAND = [
    model for model in TABLES if model.__name__ not in {"InForce", "Version", "StayOption", "GroupMember"}
]


@pytest.fixture
def lawgiver(consul):
    consul.user_permissions.set(Permission.objects.filter(content_type__app_label="policy"))
    return consul


@pytest.mark.parametrize("model", KEPT_BY_HAND)
def test_every_table_can_be_listed_and_its_rows_opened(signed_in, lawgiver, model):
    client = signed_in(lawgiver)
    name = f"admin:policy_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    row = model.objects.first()
    assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", KEPT_BY_HAND)
def test_no_row_is_rewritten_or_removed_here(signed_in, lawgiver, model):
    row, client = model.objects.first(), signed_in(lawgiver)
    name = f"admin:policy_{model._meta.model_name}"
    assert client.post(reverse(f"{name}_change", args=[row.pk]), {"amount": 1}).status_code == 404
    assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 404
    assert model.objects.filter(pk=row.pk).exists()


def test_a_source_of_law_is_written_down_here(signed_in, lawgiver):
    sent = {"code": "new-act", "title": '{"en": "New Act"}', "adopted_on": "2026-11-20"}
    assert signed_in(lawgiver).post(reverse("admin:policy_source_add"), sent).status_code == 302
    assert models.Source.objects.get(code="new-act").title["en"] == "New Act"


@pytest.mark.parametrize("model", KEPT_BY_HAND)
def test_an_officer_without_the_permission_may_not_look(signed_in, officer, model):
    url = reverse(f"admin:policy_{model._meta.model_name}_changelist")
    assert signed_in(officer).get(url).status_code in {403, 404}
