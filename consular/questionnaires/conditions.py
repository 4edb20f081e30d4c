"""When something is asked: a small language over what is known. Pure.

A condition is None (always) or a dictionary with one test:

    {"equals": ["trip.lodging", "host"]}          the answer is this
    {"in": ["trip.lodging", ["host", "own"]]}     the answer is one of these
    {"contains": ["means.kinds", "card"]}         the answer, a list, has this
    {"below": ["age", 18]}                        the answer is a smaller number
    {"at_least": ["age", 18]}                     the answer is this number or more
    {"same": ["residence", "nationality.current"]}  both answers are alike
    {"answered": "nationality.other"}             there is an answer
    {"rows_at_least": ["visits", 2]}              there are this many rows or more
    {"any_row": ["visits", {"equals": ["country", "QNR"]}]}  a row of which this holds, among its own columns
    {"not": condition}, {"all": [conditions]}, {"any": [conditions]}

Names are ids of questions or of context values. `facts` maps a name to what is known of it: a value, or
None where it is known that there is no answer (left empty, or not asked). A name that is missing is not
known yet. The result is True, False, or None while what is known does not settle it; knowing more never
turns a settled result (Kleene's three-valued logic).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
Facts = Mapping[str, Any]
Truth = bool | None


class ConditionError(ValueError):
    """The condition is not written in this language."""


def _has(answer: Any, value: Any) -> bool:
    return isinstance(answer, list) and value in answer


def _has_rows(answer: Any, number: int) -> bool:
    return isinstance(answer, list) and len(answer) >= number


class _Row(dict[str, Any]):
    """What is known of a row: of every column, that there is an answer or none."""

    def __contains__(self, column: object) -> bool:
        return True

    def __missing__(self, column: str) -> None:
        return None


def _has_such_a_row(answer: Any, condition: Condition) -> bool:
    rows = answer if isinstance(answer, list) else []
    return any(holds(condition, _Row(row)) for row in rows if isinstance(row, Mapping))


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda answer, value: answer == value,
    "in": lambda answer, values: answer in values,
    "contains": _has,
    "below": lambda answer, limit: _is_number(answer) and answer < limit,
    "at_least": lambda answer, limit: _is_number(answer) and answer >= limit,
    "rows_at_least": _has_rows,
    "any_row": _has_such_a_row,
}


def holds(condition: Condition | None, facts: Facts) -> Truth:
    """Tell whether `condition` holds: True, False, or None while it is not settled."""
    if condition is None:
        return True
    operator, operand = _parts(condition)
    return _EVALUATE[operator](operand, facts)


def names(condition: Condition | None) -> Iterator[str]:
    """Yield every name that `condition` speaks of; ConditionError where it is badly written."""
    if condition is None:
        return
    operator, operand = _parts(condition)
    if operator == "not":
        yield from names(operand)
    elif operator in {"all", "any"}:
        for each in operand:
            yield from names(each)
    else:
        if operator == "any_row":
            list(names(operand[1]))  # It is written in this language; its names are columns
        yield from _names_of_test(operator, operand)


def both(first: Truth, second: Truth) -> Truth:
    """Return whether two truths hold together."""
    return every((first, second))


def every(truths: Iterable[Truth]) -> Truth:
    """Return False if one is False, else None if one is not settled, else True."""
    found = set(truths)
    if False in found:
        return False
    return None if None in found else True


def some(truths: Iterable[Truth]) -> Truth:
    """Return True if one is True, else None if one is not settled, else False."""
    return negation(every(negation(each) for each in truths))


def negation(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _parts(condition: Any) -> tuple[str, Any]:
    if not isinstance(condition, Mapping) or len(condition) != 1:
        raise ConditionError(f"A condition has one test: {condition!r}")
    operator, operand = next(iter(condition.items()))
    if operator not in _EVALUATE or not _is_operand(operator, operand):
        raise ConditionError(f"There is no such test: {condition!r}")
    return operator, operand


def _is_operand(operator: str, operand: Any) -> bool:
    if operator == "not":
        return isinstance(operand, Mapping)
    if operator == "answered":
        return isinstance(operand, str)
    if operator in {"all", "any"}:
        return isinstance(operand, (list, tuple))
    return (
        isinstance(operand, (list, tuple))
        and len(operand) == len(("name", "value"))
        and isinstance(operand[0], str)
    )


def _names_of_test(operator: str, operand: Any) -> list[str]:
    if operator == "answered":
        return [operand]
    return list(operand) if operator == "same" else [operand[0]]


def _test(operator: str) -> Callable[[Any, Facts], Truth]:
    compare = TESTS[operator]

    def evaluate(operand: Any, facts: Facts) -> Truth:
        name, value = operand
        if name not in facts:
            return None
        return facts[name] is not None and compare(facts[name], value)

    return evaluate


def _same(operand: Any, facts: Facts) -> Truth:
    known = [facts[name] for name in operand if name in facts]
    if None in known:
        return False
    return known[0] == known[1] if len(known) == len(operand) else None


def _answered(name: str, facts: Facts) -> Truth:
    return facts[name] is not None if name in facts else None


_EVALUATE: dict[str, Callable[[Any, Facts], Truth]] = {
    **{operator: _test(operator) for operator in TESTS},
    "same": _same,
    "answered": _answered,
    "not": lambda condition, facts: negation(holds(condition, facts)),
    "all": lambda conditions, facts: every(holds(each, facts) for each in conditions),
    "any": lambda conditions, facts: some(holds(each, facts) for each in conditions),
}
