"""Parts of a form's answers taken out, put back, compared, and carried over, as tables."""

from typing import Any

import pytest

from arasha.questionnaires.rules.carrying import carry
from arasha.questionnaires.rules.keeping import digest, value_at, with_value
from arasha.questionnaires.tests.writing import choices, form, question

ANSWERS: dict[str, Any] = {"a": {"b": "1", "c": {"d": "2"}}, "r": [{"n": "x"}, {"n": "y"}]}


@pytest.mark.parametrize(
    ("at", "value"),
    [("", ANSWERS), ("a", ANSWERS["a"]), ("a/c/d", "2"), ("a/x", None), ("a/b/c", None), ("r/n", None)],
)
def test_a_part_is_found_by_its_key(at: str, value: Any) -> None:
    assert value_at(ANSWERS, at) == value


@pytest.mark.parametrize(
    ("at", "value", "after"),
    [
        ("a/b", "9", {"a": {"b": "9", "c": {"d": "2"}}}),
        ("a/b", "", {"a": {"c": {"d": "2"}}}),
        ("a/c", None, {"a": {"b": "1"}}),
        ("a", {}, {}),
        ("new/deep", "1", {"a": ANSWERS["a"], "new": {"deep": "1"}}),
        ("", {"z": "1"}, {"z": "1"}),
    ],
)
def test_a_part_is_put_back_and_the_rest_stands(at: str, value: Any, after: dict[str, Any]) -> None:
    before = {"a": ANSWERS["a"]}
    assert with_value(before, at, value) == after
    assert before == {"a": {"b": "1", "c": {"d": "2"}}}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, {}, True),
        ({"a": ""}, {}, True),
        ({"a": "1", "b": "2"}, {"b": "2", "a": "1"}, True),
        ([{"n": ""}, {"n": "1"}], [{"n": "1"}], False),
        ("1", "2", False),
    ],
)
def test_what_says_nothing_is_nothing_and_order_of_names_is_none(one: Any, other: Any, same: bool) -> None:
    assert (digest(one) == digest(other)) is same


FORM = form(
    [
        question("begin_group", "g"),
        question("text", "kept"),
        question("select_multiple c", "many"),
        question("calculate", "sum", calculation="1 + 1"),
        question("end_group"),
        question("begin_repeat", "rows"),
        question("text", "n"),
        question("end_repeat"),
    ],
    choices("c", "one", "two"),
)


@pytest.mark.parametrize(
    ("answers", "kept", "left"),
    [
        ({"g": {"kept": "a", "many": "one two"}}, {"g": {"kept": "a", "many": "one two"}}, {}),
        ({"g": {"many": "one three"}}, {}, {"g/many": "one three"}),
        ({"g": {"sum": "7"}}, {}, {}),
        ({"g": "text"}, {}, {"g": "text"}),
        ({"gone": {"deep": "a"}}, {}, {"gone/deep": "a"}),
        ({"rows": [{"n": "a"}, {"old": "b"}]}, {"rows": [{"n": "a"}, {}]}, {"rows[2]/old": "b"}),
        ({"rows": {"n": "a"}}, {}, {"rows/n": "a"}),
        ({"g": {"kept": ["a"]}}, {}, {"g/kept[1]": "a"}),
        ({}, {}, {}),
    ],
)
def test_answers_are_carried_over_where_they_fit(answers: Any, kept: dict[str, Any], left: dict[str, str]) -> None:
    carried = carry(FORM, answers)
    assert (carried.answers, carried.left) == (kept, left)
