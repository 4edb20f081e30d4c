"""The rows of the law as the API gives them. Texts are in the active language."""

from datetime import date
from typing import Any

from embassy.api import schemas as s
from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    GroupMember,
    Rule,
    ServiceFee,
    Source,
    Surcharge,
    TravelDocument,
)
from visas.policy.models.documents import RequiredDocument
from visas.policy.models.validity import InForce
from visas.policy.status import Interview, Outcome

Row = dict[str, Any]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def dated(row: InForce) -> Row:
    return {
        "valid_from": iso(row.valid_from),
        "valid_to": iso(row.valid_to),
        "source": row.source.code,
        "clause": row.clause,
    }


RULE = {
    "group": s.text("Code of the group of nationalities: see groups."),
    "purpose": s.maybe(s.text("Code of the purpose; null for any.")),
    "document": s.maybe(s.text("Code of the travel document; null for any.")),
    "outcome": s.text("What is asked.", enum=list(Outcome.values)),
    "category": s.maybe(
        s.text("Code of the authorisation; null for a visa, which is of the purpose’s category.")
    ),
    "interview": s.text("Whether an officer talks with the traveller.", enum=list(Interview.values)),
    "max_days": s.maybe(s.whole("Longest stay in days; null where the rule sets none.")),
    "period_days": s.maybe(s.whole("Days within which the stay is counted.")),
    "may_take_longer": s.yes_no("Whether administrative processing is possible."),
    "reason": s.text("One sentence for the traveller."),
    **s.DATED,
}


def rule(row: Rule) -> Row:
    return {
        "group": row.group.code,
        "purpose": row.purpose.code if row.purpose else None,
        "document": row.document.code if row.document else None,
        "outcome": row.outcome,
        "category": row.category.code if row.category else None,
        "interview": row.interview,
        "max_days": row.max_days,
        "period_days": row.period_days,
        "may_take_longer": row.may_take_longer,
        "reason": str(row.reason),
        **dated(row),
    }


GROUP = {
    "group": s.text("Code of the group."),
    "name": s.text("Name of the group."),
    "nationality": s.text("Three letters, as in the machine-readable zone of a passport."),
    **s.DATED,
}


def member(row: GroupMember) -> Row:
    return {
        "group": row.group.code,
        "name": str(row.group.name),
        "nationality": row.nationality,
        **dated(row),
    }


CATEGORY = {
    "code": s.text("Two capitals."),
    "name": s.text("Name of the category."),
    "summary": s.text("Who it is for and what it allows."),
    "target_working_days": s.whole("Working days in which a decision is promised."),
    "usable_for_days": s.whole("Days in which the visa can be used."),
    "online": s.yes_no("Whether this portal takes applications."),
}


def category(row: Category) -> Row:
    return {
        "code": row.code,
        "name": str(row.name),
        "summary": str(row.summary),
        "target_working_days": row.target_working_days,
        "usable_for_days": row.usable_for_days,
        "online": row.online,
    }


PURPOSE = {
    "code": s.text("Code of the purpose, for check."),
    "name": s.text("What somebody travels for."),
    "category": s.text("Code of the category that serves it."),
}


def purpose(row: Any) -> Row:
    return {"code": row.code, "name": str(row.name), "category": row.category.code}


TRAVEL_DOCUMENT = {
    "code": s.text("Code of the kind of document, for check."),
    "name": s.text("Name of the kind of document."),
    "counts_as": s.maybe(s.text("The group that its holders are in, whatever their nationality.")),
}


def travel_document(row: TravelDocument) -> Row:
    counts_as = row.counts_as.code if row.counts_as else None
    return {"code": row.code, "name": str(row.name), "counts_as": counts_as}


FEE = {
    "category": s.text("Code of the category."),
    "amount": s.amount("Amount with two decimals."),
    "currency": s.text("ISO 4217.", pattern="^[A-Z]{3}$"),
    **s.DATED,
}


def fee(row: Fee) -> Row:
    return {
        "category": row.category.code,
        "amount": f"{row.amount:.2f}",
        "currency": row.currency,
        **dated(row),
    }


EXEMPTION = {
    "code": s.text("Code of the exemption."),
    "name": s.text("Who pays nothing."),
    "under_age": s.maybe(s.whole("Below this age in years.")),
    "document": s.maybe(s.text("With this kind of travel document.")),
    "family_of_citizen": s.yes_no("Family of a citizen."),
    **s.DATED,
}


def exemption(row: FeeExemption) -> Row:
    return {
        "code": row.code,
        "name": str(row.name),
        "under_age": row.under_age,
        "document": row.document.code if row.document else None,
        "family_of_citizen": row.family_of_citizen,
        **dated(row),
    }


REQUIRED = {
    "category": s.text("Code of the category."),
    "code": s.text("Code of the document."),
    "label": s.text("Name of the document."),
    "help": s.text("What it must show; may be empty."),
    "when": s.text("Who hands it in, in words; empty for everybody."),
    **s.DATED,
}


def required(row: RequiredDocument) -> Row:
    return {
        "category": row.category.code,
        "code": row.code,
        "label": str(row.label),
        "help": str(row.help or ""),
        "when": str(row.when or ""),
        **dated(row),
    }


SURCHARGE = {
    "code": s.text("Code of the surcharge."),
    "name": s.text("What is paid for."),
    "percent": s.maybe(s.whole("Per cent of the fee; null where it is a sum.")),
    "amount": s.maybe(s.amount("The sum; null where it is a part of the fee.")),
    "currency": s.text("ISO 4217."),
    "not_for": s.many(s.text("Code."), "Categories that it is not offered for."),
    **s.DATED,
}


def surcharge(row: Surcharge) -> Row:
    return {
        "code": row.code,
        "name": str(row.name),
        "percent": row.percent,
        "amount": f"{row.amount:.2f}" if row.amount is not None else None,
        "currency": row.currency,
        "not_for": list(row.not_for),
        **dated(row),
    }


SERVICE_FEE = {
    "code": s.text("Code of the service."),
    "name": s.text("The service for citizens."),
    "note": s.text("What is to be known about it; may be empty."),
    "amount": s.amount("Amount with two decimals; nothing is an amount too."),
    "currency": s.text("ISO 4217."),
    **s.DATED,
}


def service_fee(row: ServiceFee) -> Row:
    return {
        "code": row.code,
        "name": str(row.name),
        "note": str(row.note or ""),
        "amount": f"{row.amount:.2f}",
        "currency": row.currency,
        **dated(row),
    }


SOURCE = {
    "code": s.text("Code that dated rows name."),
    "title": s.text("Title of the law."),
    "adopted_on": s.date("Day on which it was adopted."),
}


def source(row: Source) -> Row:
    return {"code": row.code, "title": str(row.title), "adopted_on": iso(row.adopted_on)}
