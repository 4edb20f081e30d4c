import pytest
from django.core.exceptions import ValidationError

from visas.policy.conditions import holds, validate_condition

CHILD = {"fact": "age", "below": 18}
HOST = {"fact": "lodging", "in": ["host"]}


@pytest.mark.parametrize(
    ("condition", "facts", "result"),
    [
        ([], {}, True),
        ([CHILD], {"age": 17}, True),
        ([CHILD], {"age": 18}, False),
        ([CHILD], {}, None),
        ([CHILD], {"age": None}, None),
        ([CHILD, HOST], {"age": 30}, False),
        ([CHILD, HOST], {"age": 5}, None),
        ([CHILD, HOST], {"age": 5, "lodging": "host"}, True),
        ([{"fact": "days", "at_least": 30}], {"days": 30}, True),
        ([{"fact": "lives_abroad", "in": [True]}], {"lives_abroad": False}, False),
    ],
)
def test_a_condition_holds_fails_or_is_unknown(condition, facts, result):
    assert holds(condition, facts) is result


@pytest.mark.parametrize("condition", [[], [CHILD], [CHILD, HOST]])
def test_a_condition_in_the_language_is_accepted(condition):
    validate_condition(condition)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        "age",
        [[]],
        [{"fact": "age"}],
        [{"below": 18}],
        [{"fact": 1, "below": 18}],
        [{"fact": "age", "below": "18"}],
        [{"fact": "age", "below": True}],
        [{"fact": "age", "like": 18}],
        [{"fact": "age", "below": 18, "in": []}],
        [{"fact": "lodging", "in": "host"}],
    ],
)
def test_anything_else_is_refused(condition):
    with pytest.raises(ValidationError):
        validate_condition(condition)
