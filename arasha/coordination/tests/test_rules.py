"""The story of a file draws its silences and leaves no act out."""

from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest
from django.utils.translation import override

from arasha.coordination import rules
from arasha.coordination.rules import Duty, Entry, Silence

MONDAY = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def entry(day: float, verb: str = "open_case", *, unit: int = 0, work: bool = True, seen: bool = False) -> Entry:
    return Entry(MONDAY + day * DAY, verb, "", "done", number=int(day * 10), unit=unit, work=work, seen=seen)


def silence(since: float, until: float, *, lasts: bool = False, kind: str = "all") -> Silence:
    return Silence(MONDAY + since * DAY, MONDAY + until * DAY, lasts, kind)  # type: ignore[arg-type]


def test_three_days_without_a_word_are_a_silence() -> None:
    told = [entry(0), entry(2), entry(5)]
    found = rules.silences(told, MONDAY + 6 * DAY, open_file=True)
    assert found == [silence(2, 5)]
    assert rules.woven(told, found) == [told[0], told[1], found[0], told[2]]
    assert rules.woven(told, found, newest_first=True) == [told[2], found[0], told[1], told[0]]


def test_a_silence_that_lasts_still_is_drawn_only_while_the_file_is_open() -> None:
    now = MONDAY + 10 * DAY
    [found] = rules.silences([entry(0)], now, open_file=True)
    assert (found.open, found.days) == (True, 10)
    assert rules.silences([entry(0)], now, open_file=False) == []


def test_a_file_without_acts_has_no_silence_of_its_own() -> None:
    assert rules.silences([], MONDAY, open_file=True) == []


def test_the_clock_and_those_who_only_look_break_no_silence() -> None:
    told = [entry(0), entry(1, "obligation_overdue", work=False), entry(3.5, "break_glass", work=False), entry(4)]
    assert rules.silences(told, MONDAY + 5 * DAY, open_file=True) == [silence(0, 4)]


def test_what_was_not_answered_is_silent_from_its_due_moment_until_it_is() -> None:
    duties = [
        Duty(7, "answer", "/a/", MONDAY, None),
        Duty(8, "visit", "/b/", MONDAY - DAY, MONDAY + DAY),
        Duty(9, "in time", "/c/", MONDAY, MONDAY - DAY),
        Duty(9, "not yet", "/d/", MONDAY + 9 * DAY, None),
        Duty(9, "suspended", "/e/", MONDAY, None, stands_still=True),
    ]
    found = rules.unanswered(duties, MONDAY + 2 * DAY)
    assert found == [silence(-1, 1, kind="answer"), silence(0, 2, lasts=True, kind="answer")]
    assert [(gap.unit, gap.what, gap.url) for gap in found] == [(8, "visit", "/b/"), (7, "answer", "/a/")]


def test_a_child_whom_nobody_saw_for_a_week_is_said_from_the_opening_on() -> None:
    told = [entry(1, seen=True), entry(2), entry(9, seen=True)]
    opened = MONDAY - 10 * DAY
    found = rules.unseen(told, opened, MONDAY + 20 * DAY, open_file=True)
    assert found == [
        silence(-10, 1, kind="unseen"),
        silence(1, 9, kind="unseen"),
        silence(9, 20, lasts=True, kind="unseen"),
    ]
    assert rules.unseen(told[:1], MONDAY, MONDAY + 5 * DAY, open_file=True) == []


def test_a_quiet_unit_is_told_unless_everybody_was_quiet() -> None:
    told = [entry(0, unit=1), entry(1, unit=2), entry(6, unit=2)]
    still = rules.quiet(told, 1, MONDAY + 7 * DAY, open_file=True)
    assert still == [silence(0, 7, lasts=True, kind="quiet")]
    assert rules.outside(still, [silence(-1, 7)]) == []
    assert rules.outside(still, [silence(1, 6)]) == still


def test_each_phrase_asks_for_the_same_values_in_every_language() -> None:
    for phrase in rules.PHRASES:
        asked = [
            {name for _, name, _, _ in Formatter().parse(phrase.label(language)) if name}
            for language in ("kk", "ru", "en")
        ]
        assert asked[0] == asked[1] == asked[2], phrase.code


def test_a_sentence_is_whole_even_when_a_name_is_not_known() -> None:
    with override("en"):
        assert rules.sentence("take_signal", {}) == "Signal taken — —"
        assert rules.sentence("take_signal", {"unit": "Saryagash"}) == "Signal taken — Saryagash"


def test_each_described_verb_has_a_kind_and_says_whether_it_breaks_silence() -> None:
    for row in rules.VERBS:
        assert row.more["kind"] in rules.KINDS
        assert row.more["person"] in {"yes", "no"}
        assert row.more["draw"] in {"yes", "no"}
        assert row.code in rules.PHRASES


def test_a_verb_that_nobody_described_is_somebodys_work_and_is_drawn() -> None:
    assert (rules.kind("fly_kite"), rules.is_work("fly_kite"), rules.is_drawn("fly_kite")) == ("case", True, True)
    assert rules.short("fly_kite") == ""


def test_every_limit_of_field_practice_names_its_source() -> None:
    for row in rules.LIMITS:
        assert row.more["source"]
        assert int(row.more["days"]) > 0


@pytest.mark.parametrize(
    ("verb", "codes", "step", "saw"),
    [
        ("judge_safety", {"seen": "alone"}, None, True),
        ("judge_safety", {"seen": "not_seen"}, None, False),
        ("judge_safety", {}, None, False),
        ("meet_obligation", {"outcome": "safe"}, ("first_response", "see_within_24_hours"), True),
        ("meet_obligation", {"outcome": "not_seen"}, ("first_response", "see_within_24_hours"), False),
        ("meet_obligation", {}, ("suspected_violence_health", "commission_answers"), False),
        ("decline_obligation", {}, ("first_response", "see_within_24_hours"), False),
    ],
)
def test_an_act_means_that_the_child_was_seen_or_not(
    verb: str, codes: dict[str, str], step: tuple[str, str] | None, saw: bool
) -> None:
    assert rules.saw_the_child(verb, codes, step) is saw
