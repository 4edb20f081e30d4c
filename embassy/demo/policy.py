"""The law of Velmaris, from data/policy.toml into `visas.policy`."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from embassy.demo.rows import put, read
from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    GroupMember,
    PassportValidity,
    Purpose,
    RequiredDocument,
    Rule,
    RuleGroup,
    Source,
    StayOption,
    TravelDocument,
)
from visas.policy.status import Unit

Table = dict[str, Any]


def load() -> None:
    """Write every row of the policy; rows that are there already are brought up to date."""
    law = read("policy")
    for source in law["source"]:
        put(Source, _key(source), **source)
    _load_categories(law["category"], law["purpose"])
    _load_groups(law["group"])
    _load_travel_documents(law["travel_document"])
    _load_rules(law["rule"], law["reasons"])
    _load_fees(law["fees"], law["exemption"])
    _load_documents(law["document"], law["required_documents"])
    for row in law["passport_validity"]:
        put(PassportValidity, {"valid_from": row.pop("valid_from")}, **_cited(row))


def _key(row: Table) -> Table:
    return {"code": row.pop("code")}


def _cited(row: Table) -> Table:
    """Return the values of a dated row with its source looked up and its last day written out."""
    return {"valid_to": None, **row, "source": Source.objects.get(code=row["source"])}


def _load_categories(categories: list[Table], purposes: list[Table]) -> None:
    for position, row in enumerate(categories):
        stays = row.pop("stays", {})
        category = put(Category, _key(row), position=position, **row)
        for length, unit, entries in _stays(stays):
            put(StayOption, {"category": category, "length": length, "unit": unit, "entries": entries})
    for position, row in enumerate(purposes):
        row["category"] = Category.objects.get(code=row["category"])
        put(Purpose, _key(row), position=position, **row)


def _stays(stays: Table) -> Iterable[tuple[int, Unit, str]]:
    for unit in Unit:
        for length, entries in product(stays.get(unit.value, []), stays.get("entries", [])):
            yield length, unit, entries


def _load_groups(groups: list[Table]) -> None:
    for row in groups:
        memberships = row.pop("members")
        group = put(RuleGroup, _key(row), **row)
        for membership in memberships:
            for nationality in membership["nationalities"]:
                values = {name: value for name, value in membership.items() if name != "nationalities"}
                put(
                    GroupMember,
                    {"nationality": nationality, "valid_from": values.pop("valid_from")},
                    group=group,
                    **_cited(values),
                )


def _load_travel_documents(documents: list[Table]) -> None:
    groups = {group.code: group for group in RuleGroup.objects.all()}
    for position, row in enumerate(documents):
        row["counts_as"] = groups.get(row.get("counts_as"))
        put(TravelDocument, _key(row), position=position, **row)


def _load_rules(rules: list[Table], reasons: Table) -> None:
    found: dict[str, dict[str, Any]] = {
        "group": {row.code: row for row in RuleGroup.objects.all()},
        "purpose": {row.code: row for row in Purpose.objects.all()},
        "document": {row.code: row for row in TravelDocument.objects.all()},
        "category": {row.code: row for row in Category.objects.all()},
    }
    for row in rules:
        scopes = product(row.pop("groups"), row.pop("purposes", [None]), row.pop("documents", [None]))
        start, category = row.pop("valid_from"), found["category"].get(row.pop("category", ""))
        values = _cited({**row, "category": category, "reason": reasons[row["reason"]]})
        for group, purpose, document in scopes:
            scope = {
                "group": found["group"][group],
                "purpose": found["purpose"][purpose] if purpose else None,
                "document": found["document"][document] if document else None,
            }
            put(Rule, {**scope, "valid_from": start}, **values)


def _load_fees(fees: list[Table], exemptions: list[Table]) -> None:
    for row in fees:
        amounts, start = row.pop("amounts"), row.pop("valid_from")
        values = _cited(row)
        for code, amount in amounts.items():
            put(
                Fee,
                {"category": Category.objects.get(code=code), "valid_from": start},
                amount=amount,
                **values,
            )
    for row in exemptions:
        row["document"] = TravelDocument.objects.filter(code=row.get("document")).first()
        put(FeeExemption, {"code": row.pop("code"), "valid_from": row.pop("valid_from")}, **_cited(row))


def _load_documents(documents: list[Table], shared: Table) -> None:
    start, source = shared["valid_from"], Source.objects.get(code=shared["source"])
    for position, row in enumerate(documents):
        code = row.pop("code")
        for category in Category.objects.filter(code__in=row.pop("categories")):
            key = {"category": category, "code": code, "valid_from": start}
            put(RequiredDocument, key, source=source, position=position, **row)
