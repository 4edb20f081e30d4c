"""When a document is asked for: a small language for the law's data.

A condition is a list of tests that must all hold; an empty list always holds. A test is a dictionary
with a `fact` and exactly one of

    {"fact": "lodging", "in": ["host", "family"]}     the fact is one of these
    {"fact": "age", "below": 18}                      the fact is a smaller number
    {"fact": "days", "at_least": 30}                  the fact is this number or more

Facts come as a mapping of names to strings, numbers or booleans. A fact that is not known yet (absent
or None) makes the whole condition unknown, unless another test already fails.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "in": lambda fact, values: fact in values,
    "below": lambda fact, limit: fact < limit,
    "at_least": lambda fact, limit: fact >= limit,
}


def holds(condition: list[dict[str, Any]], facts: Mapping[str, Any]) -> bool | None:
    """Return whether `condition` holds for `facts`: True, False, or None while a fact is missing."""
    results = [_test(test, facts) for test in condition]
    if False in results:
        return False
    return None if None in results else True


def _test(test: dict[str, Any], facts: Mapping[str, Any]) -> bool | None:
    fact = facts.get(test["fact"])
    if fact is None:
        return None
    name = next(iter(test.keys() & TESTS.keys()))
    return TESTS[name](fact, test[name])


def validate_condition(condition: Any) -> None:
    """Raise `ValidationError` unless `condition` is written in the language above."""
    if not isinstance(condition, list) or not all(_is_test(test) for test in condition):
        raise ValidationError(_("Write a list of tests such as [{“fact”: “age”, “below”: 18}]."))


def _is_test(test: Any) -> bool:
    if (
        not isinstance(test, dict)
        or not isinstance(test.get("fact"), str)
        or len(test) != len(("fact", "test"))
    ):
        return False
    name = next(iter(test.keys() - {"fact"}))
    if name == "in":
        return isinstance(test[name], list)
    return name in TESTS and isinstance(test[name], int) and not isinstance(test[name], bool)
