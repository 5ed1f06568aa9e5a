"""The level of the form on suicide risk, by cases; and that the form can never be in the way."""

from itertools import product

import pytest

from arasha.questionnaires.rules.form import Answers
from arasha.questionnaires.tests.reading_forms import asked, codes, form_of, worked_out

FORM = "suicide_risk"
GROUPS = {
    "now": ("with_whom", "harm_today", "harmer_near"),
    "talk": ("thoughts", "plan", "intent", "will_tell", "means", "tries", "heavier"),
    "holds": ("holds_by",),
    "judgement": ("judged",),
}
CALM = {"harm_today": "no", "thoughts": "none", "means": "safe", "tries": "never", "heavier": "nothing"}
LEVELS = ("immediate", "high", "medium", "low", "not_known")


def answers(**given: str) -> Answers:
    """Return answers in the form's groups."""
    return {
        group: {name: given[name] for name in names if name in given}
        for group, names in GROUPS.items()
        if any(name in given for name in names)
    }


def level(**given: str) -> str:
    """Return the level of answers."""
    found = worked_out(FORM, answers(**given)).answers["level"]
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # Nothing known is never low.
        ({}, "not_known"),
        ({"thoughts": "none"}, "not_known"),
        ({"harm_today": "no"}, "not_known"),
        (CALM, "low"),
        # Silence weighs.
        (CALM | {"thoughts": "silent"}, "medium"),
        (CALM | {"thoughts": "not_asked"}, "medium"),
        (CALM | {"harm_today": "silent"}, "high"),
        (CALM | {"tries": "silent"}, "medium"),
        (CALM | {"tries": "not_known"}, "medium"),
        # Harm in the last day, done or possible.
        (CALM | {"harm_today": "yes"}, "immediate"),
        (CALM | {"harm_today": "possible"}, "immediate"),
        ({"harm_today": "yes"}, "immediate"),
        # Thoughts alone.
        (CALM | {"thoughts": "past"}, "medium"),
        (CALM | {"thoughts": "sometimes"}, "medium"),
        (CALM | {"thoughts": "today"}, "high"),
        (CALM | {"thoughts": "constant"}, "high"),
        # A plan, and whether it is within reach.
        (CALM | {"thoughts": "sometimes", "plan": "vague"}, "medium"),
        (CALM | {"thoughts": "sometimes", "plan": "how"}, "high"),
        (CALM | {"thoughts": "sometimes", "plan": "how", "means": "reach"}, "immediate"),
        (CALM | {"thoughts": "sometimes", "plan": "how", "means": "not_known"}, "immediate"),
        (CALM | {"thoughts": "sometimes", "plan": "when"}, "immediate"),
        (CALM | {"thoughts": "sometimes", "means": "on_them"}, "immediate"),
        (CALM | {"thoughts": "silent", "means": "on_them"}, "immediate"),
        # Meaning to, and telling somebody first.
        (CALM | {"thoughts": "sometimes", "intent": "no"}, "medium"),
        (CALM | {"thoughts": "sometimes", "intent": "unsure"}, "high"),
        (CALM | {"thoughts": "sometimes", "intent": "yes"}, "immediate"),
        (CALM | {"thoughts": "sometimes", "will_tell": "no"}, "high"),
        (CALM | {"thoughts": "sometimes", "will_tell": "silent"}, "medium"),
        # What was before.
        (CALM | {"tries": "long_ago"}, "medium"),
        (CALM | {"tries": "year"}, "medium"),
        (CALM | {"tries": "month"}, "high"),
        (CALM | {"tries": "month", "thoughts": "today"}, "immediate"),
        # What is heavy now: a farewell weighs even when nothing is said.
        (CALM | {"heavier": "harm_goes_on"}, "medium"),
        (CALM | {"heavier": "suicide_near no_sleep"}, "medium"),
        (CALM | {"heavier": "farewell"}, "high"),
        (CALM | {"heavier": "farewell", "thoughts": "silent"}, "immediate"),
        # The worker may raise it.
        (CALM | {"judged": "higher"}, "medium"),
        (CALM | {"thoughts": "sometimes", "judged": "higher"}, "high"),
        (CALM | {"thoughts": "today", "judged": "higher"}, "immediate"),
        ({"judged": "higher"}, "high"),
        # And not lower it: that is the specialist's.
        (CALM | {"thoughts": "today", "judged": "lower"}, "high"),
        (CALM | {"harm_today": "yes", "judged": "lower"}, "immediate"),
    ],
)
def test_the_level_follows_the_table(given: dict[str, str], expected: str) -> None:
    assert level(**given) == expected


def test_an_answer_about_a_plan_counts_no_more_once_there_are_no_thoughts() -> None:
    given = CALM | {"plan": "when", "intent": "yes"}

    assert level(**given) == "low"


@pytest.mark.parametrize("given", [{}, CALM, CALM | {"thoughts": "sometimes"}, CALM | {"tries": "month"}])
def test_what_to_do_now_stands_there_once_by_level(given: dict[str, str]) -> None:
    worked = worked_out(FORM, answers(**given))
    shown = [name for name in LEVELS if f"todo/do_{name}" in worked.relevant]

    assert shown == [worked.answers["level"]]


def test_a_child_who_is_alone_or_reached_only_by_telephone_is_first_sent_somebody() -> None:
    safe = {"safe_adult", "worker"}
    for code in codes(asked(FORM)["with_whom"]):
        worked = worked_out(FORM, answers(with_whom=code))
        assert ("now/alone_note" in worked.relevant) is (code not in safe), code
        assert ("now/stays_name" in worked.relevant) is (code in safe), code


def test_it_saves_wherever_one_stops() -> None:
    given: dict[str, str] = {}
    for names in GROUPS.values():
        for name in names:
            given[name] = codes(asked(FORM)[name])[0]
            worked = worked_out(FORM, answers(**given))
            assert [finding for finding in worked.findings if finding.hinders] == [], name
            assert worked.answers["level"] in LEVELS


def test_more_danger_in_one_answer_never_lowers_the_level() -> None:
    order = {"low": 0, "medium": 1, "high": 2, "immediate": 3}
    rising = {
        "thoughts": ("none", "past", "today"),
        "means": ("safe", "reach", "on_them"),
        "tries": ("never", "year", "month"),
        "harm_today": ("no", "silent", "yes"),
    }
    names = list(rising)
    found = {place: order[level(**CALM | dict(zip(names, place, strict=True)))] for place in product(*rising.values())}
    for place, here in found.items():
        for at, name in enumerate(names):
            steps = rising[name]
            for worse in steps[steps.index(place[at]) + 1 :]:
                assert found[(*place[:at], worse, *place[at + 1 :])] >= here, (place, worse)


def test_each_answer_of_the_table_is_one_that_can_be_chosen() -> None:
    form = form_of(FORM)
    known = {code for question in form.questions() for code in codes(question)}
    rows = [node.calculation for node in form.questions() if node.name.startswith("row_")]
    used = {part for row in rows for part in row.split("'")[1::2]}

    assert len(rows) == 11
    assert used - {""} <= known
