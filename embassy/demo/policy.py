"""The law of Velmaris, from data/policy.toml into `visas.policy`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from embassy.demo.rows import by_code, put_all, read
from embassy.start import kinds
from visas.legislation.models import Scenario
from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    Fingerprints,
    GroupMember,
    KeepingTime,
    PassportValidity,
    Purpose,
    RefundRule,
    RequiredDocument,
    Rule,
    RuleGroup,
    ServiceFee,
    Source,
    StayOption,
    Surcharge,
    TravelDocument,
)
from visas.policy.status import Unit

Table = dict[str, Any]


def load() -> None:
    """Make the policy's tables hold what the file says."""
    law = {**read("policy"), **_kinds()}
    sources = by_code(put_all(Source, law["source"]))
    categories = _load_categories(law["category"], law["stays"])
    purposes = by_code(put_all(Purpose, _numbered(_linked(law["purpose"], category=categories))))
    groups = _load_groups(law["group"], sources)
    documents = by_code(put_all(TravelDocument, _numbered(_linked(law["travel_document"], counts_as=groups))))
    scopes = _Scopes(groups, purposes, documents)
    rules = (row for table in law["rule"] for row in scopes.rows(table, law["reasons"]))
    put_all(
        Rule,
        _linked(rules, source=sources, category=categories),
        key=["group", "purpose", "document", "valid_from"],
    )
    _load_fees(law, sources, categories, documents)
    _load_documents(law, sources, categories)
    _load_scenarios()


def _kinds() -> Table:
    """Return the kinds that every embassy has; what is not Velmaris's own law, its groups."""
    return {name: rows for name, rows in kinds.read("kinds").items() if name != "group"}


def _linked(rows: Any, **tables: Table) -> Iterator[Table]:
    """Yield each row with its codes replaced by the rows they stand for; a code that is absent becomes None."""
    for row in rows:
        yield {**row, **{name: table[row[name]] if row.get(name) else None for name, table in tables.items()}}


def _numbered(rows: Any) -> Iterator[Table]:
    for position, row in enumerate(rows):
        yield {**row, "position": position}


def _load_categories(tables: list[Table], stays: Table) -> Table:
    categories = by_code(put_all(Category, _numbered(tables)))
    rows = [{"category": categories[code], **stay} for code, table in stays.items() for stay in _stays(table)]
    put_all(StayOption, rows, key=["category", "length", "unit", "entries"])
    return categories


def _stays(table: Table) -> Iterator[Table]:
    for unit in Unit:
        for length, entries in product(table.get(unit.value, []), table.get("entries", [])):
            yield {"length": length, "unit": unit.value, "entries": entries}


def _load_groups(tables: list[Table], sources: Table) -> Table:
    memberships = {table["code"]: table.pop("members") for table in tables}
    groups = by_code(put_all(RuleGroup, tables))
    rows = [
        {**membership, "group": groups[code], "nationality": nationality}
        for code, each in memberships.items()
        for membership in each
        for nationality in membership.pop("nationalities")
    ]
    put_all(GroupMember, _linked(rows, source=sources), key=["nationality", "valid_from"])
    return groups


@dataclass(frozen=True)
class _Scopes:
    """Turns one table of the file into a row for each group, purpose and document it names."""

    groups: Table
    purposes: Table
    documents: Table

    def rows(self, table: Table, reasons: Table) -> Iterator[Table]:
        groups, purposes, documents = (
            table.pop(name, [None]) for name in ("groups", "purposes", "documents")
        )
        for group, purpose, document in product(groups, purposes, documents):
            yield {
                **table,
                "reason": reasons[table["reason"]],
                "group": self.groups[group],
                "purpose": self.purposes[purpose] if purpose else None,
                "document": self.documents[document] if document else None,
            }


def _load_fees(law: Table, sources: Table, categories: Table, documents: Table) -> None:
    fees = [
        {**table, "category": code, "amount": amount}
        for table in law["fees"]
        for code, amount in table.pop("amounts").items()
    ]
    put_all(Fee, _linked(fees, source=sources, category=categories), key=["category", "valid_from"])
    exemptions = _linked(law["exemption"], source=sources, document=documents)
    put_all(FeeExemption, exemptions, key=["code", "valid_from"])
    services = ({**law["service_fees"], **table} for table in law["service_fee"])
    tables: dict[Any, Any] = {Surcharge: law["surcharge"], RefundRule: law["refund"], ServiceFee: services}
    for model, rows in tables.items():
        put_all(model, _numbered(_linked(rows, source=sources)), key=["code", "valid_from"])


def _load_documents(law: Table, sources: Table, categories: Table) -> None:
    rows = [
        {**law["required_documents"], **table, "category": code}
        for table in _numbered(law["document"])
        for code in table.pop("categories")
    ]
    put_all(
        RequiredDocument,
        _linked(rows, source=sources, category=categories),
        key=["category", "code", "valid_from"],
    )
    dated: dict[Any, str] = {PassportValidity: "passport_validity", Fingerprints: "fingerprints"}
    for model, table in dated.items():
        put_all(model, _linked(law[table], source=sources), key=["valid_from"])
    kept = ({**row, "kind": kind} for row in law["keeping_time"] for kind in row.pop("kinds"))
    put_all(KeepingTime, _linked(kept, source=sources), key=["fate", "kind", "valid_from"])


def _load_scenarios() -> None:
    """Write the scenarios that are missing: staff may have rewritten the others."""
    table = read("scenarios")
    rows = (dict(zip(table["columns"], row, strict=True)) for row in table["rows"])
    wanted = [Scenario(**{**row, "fee": None if row["fee"] == "" else row["fee"]}) for row in rows]
    known = set(Scenario.objects.values_list("note", flat=True))
    Scenario.objects.bulk_create(each for each in wanted if each.note not in known)
