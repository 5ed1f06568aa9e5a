"""The journey places acts and silences so that nothing lies on anything else, and nothing is left out."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from arasha.kernel.worktime.rules import ZONE
from arasha.ui.rules.journey import Gap, Journey, Lane, Mark, journey
from arasha.ui.rules.parts import Entry

NOW = datetime(2026, 3, 27, 9, 40, tzinfo=ZONE)
DAY = timedelta(days=1)


def drawn(*marks: Mark, gaps: tuple[Gap, ...] = (), opened: float = 3, everybody: tuple[Gap, ...] = ()) -> Journey:
    return journey([Lane("School", "obliged", marks, gaps)], everybody, NOW - opened * DAY, NOW, frozenset())


def mark(days_ago: float, number: int = 1, label: str = "") -> Mark:
    return Mark(NOW - days_ago * DAY, number, "met", label)


def gap(since: float, until: float, words: str = "no answer for 7 days", few: str = "7 days", kind: str = "") -> Gap:
    return Gap(NOW - since * DAY, NOW - until * DAY, words, few, kind)


def test_a_young_file_has_one_part_that_begins_with_its_first_day() -> None:
    found = drawn(mark(3), opened=3)
    assert found.before == []
    assert [day for _x, day in found.days] == [date(2026, 3, 24) + n * DAY for n in range(8)]
    assert found.lanes[0].days.marks[0].x == 5  # 09:40 of the first of eight days


def test_an_older_file_presses_what_was_before_the_last_eight_days() -> None:
    found = drawn(mark(100), mark(2), opened=120)
    assert found.days[0][1] == date(2026, 3, 20)
    assert found.days[-1][1] == date(2026, 3, 27)
    assert found.before[0][1] == date(2025, 11, 27)
    lane = found.lanes[0]
    assert [placed.x for placed in lane.before.marks] == [18]
    assert [placed.x for placed in lane.days.marks] == [68]


def test_marks_that_would_lie_on_one_another_are_one_with_how_many_more() -> None:
    [placed] = drawn(mark(2.00, 1), mark(1.99, 2), mark(1.98, 3)).lanes[0].days.marks
    assert (placed.mark.number, placed.more, placed.label) == (1, 2, "")


def test_a_label_stands_right_where_it_fits_left_where_not_and_nowhere_where_neither() -> None:
    right, turned = drawn(mark(2.9, 1, "seen"), mark(-4.5, 2, "conference"), opened=3).lanes[0].days.marks
    assert (right.label, right.left) == ("seen", False)
    assert (turned.label, turned.left) == ("conference", True)
    crowded = drawn(mark(2.9, 1, "a very long label that fits nowhere at all"), mark(2, 2, "x")).lanes[0].days.marks
    assert crowded[0].label == ""


def test_a_gap_says_what_fits_into_it() -> None:
    [wide] = drawn(gaps=(gap(3, -3),), opened=3).lanes[0].days.gaps
    assert wide.words == "no answer for 7 days"
    [narrow] = drawn(gaps=(gap(1.5, 0),), opened=3).lanes[0].days.gaps
    assert narrow.words == "7 days"
    [slit] = drawn(gaps=(gap(0.2, 0),), opened=3).lanes[0].days.gaps
    assert slit.words == ""


def test_a_label_does_not_lie_on_a_silence_of_everybody() -> None:
    words = "injuries reported"
    [free] = drawn(mark(2, 1, words), opened=3).lanes[0].days.marks
    [boxed] = drawn(mark(2, 1, words), everybody=(gap(1.9, 0),), opened=3).lanes[0].days.marks
    assert (free.label, boxed.label) == (words, "")


def test_what_lies_in_both_parts_is_drawn_in_both() -> None:
    found = drawn(everybody=(gap(60, 1, kind="all"),), opened=100)
    assert len(found.gaps_before) == len(found.gaps_days) == 1
    assert found.gaps_before[0].x + found.gaps_before[0].width == 100
    assert found.gaps_days[0].x == 0


@given(
    st.lists(st.floats(-1, 400), max_size=40),
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), max_size=12),
    st.floats(0, 400),
)
def test_every_act_is_under_some_mark_and_every_place_exists(
    ages: list[float], silences: list[tuple[float, float]], opened: float
) -> None:
    ages = [age for age in ages if age <= opened]
    marks = tuple(mark(age, number, "label") for number, age in enumerate(ages, 1))
    gaps = tuple(gap(max(pair), min(pair)) for pair in silences if max(pair) <= opened)
    lane = drawn(*marks, gaps=gaps, opened=opened).lanes[0]
    placed = [*lane.before.marks, *lane.days.marks]
    ahead = sum(age < 0 for age in ages) if opened >= 7.4 else 0  # tomorrow lies outside the last eight days
    assert sum(1 + one.more for one in placed) >= len(ages) - ahead
    for part in (lane.before, lane.days):
        assert all(0 <= one.x <= 100 for one in part.marks)
        assert all(box.x >= 0 and box.x + box.width <= 100 and box.width > 0 for box in part.gaps)
        assert all(first.x + first.width <= second.x for first, second in pairwise(part.gaps))


@pytest.mark.parametrize("opened", [3, 100])
def test_it_is_drawn_without_a_style_and_its_words_are_escaped(opened: float) -> None:
    lane = Lane("<b>School", "obliged", [mark(1, 7, "<i>seen")], [gap(0.5, 0, "<u>silence")], child=True)
    value = journey([lane], [gap(2.9, 2, "all")], NOW - opened * DAY, NOW, frozenset({date(2026, 3, 26)}))
    context = {"journey": value, "entries": [Entry("t")], "sentence": "s", "before": "b", "since": "d"}
    html = render_to_string("ui/parts/journey.html", context)
    assert "style=" not in html
    assert "<b>School" not in html
    assert "<i>seen" not in html
    assert "<u>silence" not in html
    assert "a-off" in html
