"""The database refuses what the law cannot mean."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    GroupMember,
    PassportValidity,
    RequiredDocument,
    Rule,
    RuleGroup,
)

pytestmark = pytest.mark.usefixtures("law")


def copy(row, **changes):
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def refused(row, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_two_fees_of_one_category_never_overlap():
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    refused(
        copy(fee, valid_from=fee.valid_from + timedelta(days=1)), "two_fees_of_one_category_never_overlap"
    )


def test_a_fee_begins_the_day_after_the_one_before():
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    Fee.objects.filter(pk=fee.pk).update(valid_to=date(2027, 12, 31))
    refused(copy(fee, valid_to=None, valid_from=date(2027, 12, 31)), "two_fees_of_one_category_never_overlap")
    copy(fee, valid_to=None, valid_from=date(2028, 1, 1), amount=70).save()


def test_two_rules_for_the_same_travellers_never_overlap_even_where_they_are_general():
    general = Rule.objects.get(group__code="C", purpose=None, document=None)
    refused(copy(general, valid_from=date(2030, 1, 1)), "two_rules_for_the_same_travellers_never_overlap")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"valid_to": date(2000, 1, 1)}, "rule_ends_after_it_starts"),
        ({"outcome": "authorisation"}, "rule_names_a_category_for_an_authorisation_only"),
        ({"outcome": "exempt", "interview": "in_person"}, "rule_asks_an_interview_only_for_a_visa"),
        ({"max_days": 90, "period_days": 60}, "rule_counts_its_days_within_a_longer_period"),
        ({"period_days": 180}, "rule_counts_its_days_within_a_longer_period"),
    ],
)
def test_a_rule_makes_sense(changes, constraint):
    rule = Rule.objects.get(group__code="C", purpose=None, document=None)
    for name, value in changes.items():
        setattr(rule, name, value)
    refused(rule, constraint)


def test_a_nationality_is_in_one_group_at_a_time():
    member = GroupMember.objects.get(nationality="UTO")
    refused(copy(member, group=RuleGroup.objects.get(code="D")), "a_nationality_is_in_one_group_at_a_time")


def test_one_group_is_the_default():
    refused(RuleGroup(code="E", name={"en": "E"}, is_default=True), "one_group_is_the_default")


def test_an_exemption_has_exactly_one_ground():
    exemption = FeeExemption.objects.get(code="young-child")
    exemption.family_of_citizen = True
    refused(exemption, "exemption_has_exactly_one_ground")


def test_a_document_with_a_condition_says_it_in_words():
    document = RequiredDocument.objects.get(code="invitation")
    document.when = {}
    refused(document, "document_with_a_condition_says_it_in_words")


def test_one_passport_validity_at_a_time():
    row = PassportValidity.objects.get()
    refused(copy(row, valid_from=date(2030, 1, 1)), "one_passport_validity_at_a_time")


def test_a_category_code_is_two_capitals():
    category = Category.objects.get(code="TV")
    category.code = "tv"
    refused(category, "category_code_is_two_capitals")
