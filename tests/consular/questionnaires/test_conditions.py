"""The language of conditions: three-valued, pure, and never taking back what is settled."""

import pytest
from hypothesis import given, strategies as st

from consular.questionnaires.conditions import ConditionError, holds, names

NAMES = ["a", "b", "c"]
VALUES = st.one_of(
    st.integers(-3, 3), st.sampled_from(["x", "y"]), st.lists(st.sampled_from(["x", "y"]), max_size=2)
)
FACTS = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), VALUES))


def simple_conditions():
    name = st.sampled_from(NAMES)
    return st.one_of(
        st.builds(lambda n, v: {"equals": [n, v]}, name, VALUES),
        st.builds(lambda n, v: {"in": [n, v]}, name, st.lists(st.sampled_from(["x", "y", 1]))),
        st.builds(lambda n, v: {"contains": [n, v]}, name, st.sampled_from(["x", "y"])),
        st.builds(lambda n, v: {"below": [n, v]}, name, st.integers(-3, 3)),
        st.builds(lambda n, v: {"at_least": [n, v]}, name, st.integers(-3, 3)),
        st.builds(lambda n, m: {"same": [n, m]}, name, name),
        st.builds(lambda n: {"answered": n}, name),
    )


CONDITIONS = st.recursive(
    simple_conditions(),
    lambda inner: st.one_of(
        st.builds(lambda c: {"not": c}, inner),
        st.builds(lambda c: {"all": c}, st.lists(inner, max_size=3)),
        st.builds(lambda c: {"any": c}, st.lists(inner, max_size=3)),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("condition", "facts", "truth"),
    [
        (None, {}, True),
        ({"equals": ["a", "x"]}, {"a": "x"}, True),
        ({"equals": ["a", "x"]}, {"a": "y"}, False),
        ({"equals": ["a", "x"]}, {"a": None}, False),
        ({"equals": ["a", "x"]}, {}, None),
        ({"equals": ["a", True]}, {"a": False}, False),
        ({"in": ["a", ["x", "y"]]}, {"a": "y"}, True),
        ({"contains": ["a", "x"]}, {"a": ["x", "y"]}, True),
        ({"contains": ["a", "x"]}, {"a": "x"}, False),
        ({"below": ["a", 18]}, {"a": 17}, True),
        ({"below": ["a", 18]}, {"a": 18}, False),
        ({"at_least": ["a", 18]}, {"a": 18}, True),
        ({"below": ["a", 18]}, {"a": "seventeen"}, False),
        ({"same": ["a", "b"]}, {"a": "QNR", "b": "QNR"}, True),
        ({"same": ["a", "b"]}, {"a": "QNR", "b": "QPB"}, False),
        ({"same": ["a", "b"]}, {"a": "QNR"}, None),
        ({"same": ["a", "b"]}, {"a": None}, False),
        ({"answered": "a"}, {"a": None}, False),
        ({"answered": "a"}, {"a": 0}, True),
        ({"answered": "a"}, {}, None),
        ({"not": {"answered": "a"}}, {"a": None}, True),
        ({"all": []}, {}, True),
        ({"any": []}, {}, False),
        ({"all": [{"answered": "a"}, {"answered": "b"}]}, {"a": None}, False),
        ({"any": [{"answered": "a"}, {"answered": "b"}]}, {"b": 1}, True),
        ({"any": [{"answered": "a"}, {"answered": "b"}]}, {"b": None}, None),
    ],
)
def test_a_condition_says_yes_no_or_not_yet(condition, facts, truth):
    assert holds(condition, facts) is truth


@pytest.mark.parametrize(
    "condition",
    ["a", {}, {"equals": "a"}, {"equals": ["a"]}, {"is": ["a", 1]}, {"not": ["a"]}, {"any": {"answered": "a"}},
     {"answered": ["a"]}, {"equals": ["a", 1], "in": ["a", []]}, {"all": ["a"]}],
)  # fmt: skip
def test_what_is_no_condition_is_refused(condition):
    with pytest.raises(ConditionError):
        list(names(condition))


@given(CONDITIONS, FACTS, FACTS)
def test_knowing_more_never_takes_back_what_is_settled(condition, known, more):
    settled = holds(condition, known)
    if settled is not None:
        assert holds(condition, {**more, **known}) is settled


@given(CONDITIONS, FACTS)
def test_a_condition_is_settled_once_everything_it_speaks_of_is_known(condition, facts):
    if set(names(condition)) <= set(facts):
        assert holds(condition, facts) is not None


@given(CONDITIONS, FACTS)
def test_only_the_names_it_speaks_of_matter(condition, facts):
    spoken_of = set(names(condition))
    assert holds(condition, facts) is holds(condition, {n: v for n, v in facts.items() if n in spoken_of})


@given(CONDITIONS, FACTS)
def test_a_negation_is_the_opposite(condition, facts):
    truth = holds(condition, facts)
    assert holds({"not": condition}, facts) is (None if truth is None else not truth)
