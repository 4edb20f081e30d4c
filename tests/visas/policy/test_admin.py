"""The law may be rewritten by who holds the permission, and by nobody else."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from visas.policy import models
from visas.policy.book import current
from visas.policy.models import Fee

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


def test_a_changed_fee_is_the_law_at_once(signed_in, lawgiver):
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    sent = {
        "category": fee.category_id,
        "amount": "61",
        "currency": "EUR",
        "valid_from": fee.valid_from,
        "valid_to": "",
        "source": fee.source_id,
        "clause": fee.clause,
    }
    response = signed_in(lawgiver).post(reverse("admin:policy_fee_change", args=[fee.pk]), sent)
    assert response.status_code == 302
    assert {each.amount for each in current().fees if each.category.code == "TV"} == {50, 61}


def test_an_overlap_is_explained_and_not_an_error_page(signed_in, lawgiver):
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    sent = {
        "category": fee.category_id,
        "amount": "70",
        "currency": "EUR",
        "valid_from": "2026-06-01",
        "source": fee.source_id,
    }
    response = signed_in(lawgiver).post(reverse("admin:policy_fee_add"), sent)
    assert response.status_code == 200
    assert "End it before this one begins." in response.content.decode()


@pytest.mark.parametrize("model", KEPT_BY_HAND)
def test_an_officer_without_the_permission_may_not_look(signed_in, officer, model):
    url = reverse(f"admin:policy_{model._meta.model_name}_changelist")
    assert signed_in(officer).get(url).status_code in {403, 404}
