"""A change of the law in the words of the people who decide on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignKey, Model
from django.utils.translation import get_language, gettext, ngettext, pgettext

from consular.lib import countries
from consular.lib.calendars import digits, in_words
from consular.lib.multilingual import Multilingual, MultilingualField
from visas.legislation.comparison import OTHERS, Comparison, FeeEffect, NeedEffect, PaperEffect, Piece, Sight
from visas.legislation.models import Edit
from visas.legislation.rows import columns, model_of, put
from visas.legislation.status import Act, Expected
from visas.policy.book import PolicyBook
from visas.policy.money import in_words as money
from visas.policy.status import Interview

EXAMPLES = 6  # Names before "and so many more"


@dataclass(frozen=True)
class Line:
    """One column of an edit: what it said, and what it shall say."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class EditInWords:
    edit: Edit
    table: str
    row: str
    lines: list[Line]


class Words:
    """Says what edits and comparisons mean, with the names that a book has for codes and keys."""

    def __init__(self, book: PolicyBook, today: date) -> None:
        self.book, self.today = book, today
        self.rows = {
            (type(row), row.pk): row
            for rows in vars(book).values()
            if isinstance(rows, tuple)
            for row in rows
        }

    # Edits

    def edit(self, edit: Edit) -> EditInWords:
        model = model_of(edit.table)
        row = self.row(model, {**edit.before, **edit.values})
        lines = [] if edit.act == Act.REMOVE else self._lines(model, edit)
        return EditInWords(edit, str(model._meta.verbose_name), row, lines)

    def row(self, model: type[Model], values: dict[str, Any]) -> str:
        row = put(model(), values)
        for field in columns(model):
            if isinstance(field, ForeignKey) and (known := self._referred(field, row)):
                field.set_cached_value(row, known)
        try:
            return str(row)
        except ObjectDoesNotExist:
            return str(model._meta.verbose_name)

    def _lines(self, model: type[Model], edit: Edit) -> list[Line]:
        row_before, row_after = put(model(), edit.before), put(model(), {**edit.before, **edit.values})
        return [
            Line(
                str(field.verbose_name),
                self._value(field, row_before, other=row_after) if edit.before else "",
                self._value(field, row_after, other=row_before),
            )
            for field in columns(model)
            if field.attname in edit.values
            and (edit.before or edit.values[field.attname] not in (None, "", []))
        ]

    def _value(self, field: Any, row: Model, *, other: Model) -> str:
        value = getattr(row, field.attname)
        if isinstance(field, MultilingualField):
            return _languages(value or {}, getattr(other, field.attname) or {})
        if field.choices:
            return str(getattr(row, f"get_{field.name}_display")())
        if isinstance(field, ForeignKey):
            return str(self._referred(field, row) or "–")
        return _plain(value)

    def _referred(self, field: Any, row: Model) -> Any:
        return self.rows.get((field.related_model, getattr(row, field.attname)))

    # Comparisons

    def needs(self, comparison: Comparison) -> list[str]:
        return [self.need(effect, comparison.others) for effect in comparison.needs]

    def need(self, effect: NeedEffect, others: int) -> str:
        """Return such as: Iltera, Utopia; Holiday; 61 to 90 days; from 1 March 2027: visa → authorisation."""
        purposes = self._named(effect.purposes, self.book.purposes, gettext("any purpose"))
        documents = self._named(effect.documents, self.book.travel_documents, "")
        about = [self._nationalities(effect.nationalities, others), documents, purposes, _stay(effect)]
        return gettext("%(who)s: %(after)s instead of %(before)s %(time)s") % {
            "who": _apart(about),
            "after": self._sight(effect.piece.after),
            "before": self._sight(effect.piece.before),
            "time": self._time(effect.piece),
        }

    def fee(self, effect: FeeEffect) -> str:
        everybody = len(effect.payers) > len({each.code for each in self.book.exemptions})
        names = [str(each.name) for each in self.book.exemptions if each.code in effect.payers]
        who = "" if everybody or "" in effect.payers else _joined(list(dict.fromkeys(names)))
        return gettext("%(who)s: %(after)s instead of %(before)s %(time)s") % {
            "who": _apart([_joined(list(effect.categories)), who]),
            "after": _sum(effect.piece.after),
            "before": _sum(effect.piece.before),
            "time": self._time(effect.piece),
        }

    def papers(self, effect: PaperEffect) -> list[str]:
        named = {"category": effect.category, "time": self._time(effect.piece)}
        labels = {each.code: str(each.label) for each in self.book.documents}
        added = gettext("%(category)s: asks for “%(document)s” %(time)s")
        dropped = gettext("%(category)s: no longer asks for “%(document)s” %(time)s")
        return [added % {**named, "document": labels.get(code, code)} for code in effect.added] + [
            dropped % {**named, "document": labels.get(code, code)} for code in effect.dropped
        ]

    def _nationalities(self, codes: Sequence[str], others: int) -> str:
        if OTHERS in codes and {member.nationality for member in self.book.members} <= set(codes):
            return gettext("any nationality")
        named = [countries.name(code, get_language() or "en") for code in codes if code != OTHERS]
        if OTHERS in codes:
            words = ngettext("%(count)s other nationality", "%(count)s other nationalities", others)
            named.insert(0, words % {"count": _digits(others)})
        return _some(named)

    def _named(self, codes: Sequence[str], rows: Sequence[Any], every: str) -> str:
        if len(codes) == len(rows):
            return every
        return _joined([str(row.name) for row in rows if row.code in codes])

    def _sight(self, sight: Sight | None) -> str:
        if sight is None:
            return gettext("no answer")
        parts = [str(Expected(sight.outcome).label)]
        if sight.category:
            parts[0] = f"{parts[0]} ({sight.category})"
        if sight.interview not in {"", Interview.NONE}:
            parts.append(str(Interview(sight.interview).label))
        if sight.may_take_longer:
            parts.append(gettext("may take longer"))
        if sight.period_days:
            days = ngettext("in any %(count)s day", "in any %(count)s days", sight.period_days)
            parts.append(days % {"count": _digits(sight.period_days)})
        return _joined(parts)

    def _time(self, piece: Piece) -> str:
        named = {"start": _day(piece.start), "end": _day(piece.end) if piece.end else ""}
        if piece.end:
            words = gettext("from %(start)s to %(end)s") % named
        else:
            words = gettext("from %(start)s") % named
        if piece.start < self.today:
            return gettext("%(time)s (for days that are over, too)") % {"time": words}
        return words


def _some(named: list[str]) -> str:
    if len(named) <= EXAMPLES:
        return _joined(named)
    rest = len(named) - EXAMPLES
    more = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", rest)
    return more % {"names": _joined(named[:EXAMPLES]), "count": _digits(rest)}


def _stay(effect: NeedEffect) -> str:
    first, last = effect.stay
    if last is None:
        if first == 1:
            return gettext("any length of stay")
        words = ngettext("%(first)s day or more", "%(first)s days or more", first)
        return words % {"first": _digits(first)}
    if first == last:
        return ngettext("%(first)s day", "%(first)s days", first) % {"first": _digits(first)}
    words = ngettext("%(first)s to %(last)s day", "%(first)s to %(last)s days", last)
    return words % {"first": _digits(first), "last": _digits(last)}


def _languages(texts: dict[str, str], others: dict[str, str]) -> str:
    """Return the texts that differ, one line for each language."""
    differing = [
        (code, name) for code, name in settings.LANGUAGES if texts.get(code, "") != others.get(code, "")
    ]
    return "\n".join(f"{name}: {texts.get(code) or '–'}" for code, name in differing)


def _plain(value: Any) -> str:
    if isinstance(value, Multilingual):
        return str(value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, list):
        return _joined([str(each) for each in value]) or "–"
    return "–" if value in (None, "") else _digits(value)


def _sum(amount: tuple[Decimal, str] | None) -> str:
    return money(*amount) if amount else gettext("no fee written")


def _joined(parts: list[str]) -> str:
    return pgettext("between parts of a list", ", ").join(parts)


def _digits(value: Any) -> str:
    return digits(value, get_language() or "en")


def _day(value: date) -> str:
    return in_words(value, get_language() or "en")


def _apart(parts: list[str]) -> str:
    return pgettext("between parts of a list", "; ").join(part for part in parts if part)
