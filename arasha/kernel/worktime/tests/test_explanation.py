"""A deadline in words: the page of the obligation, picture for picture."""

from datetime import time

import pytest

from arasha.kernel.worktime.queries import explain, strip
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Derivation, Hours, Limit, Pause, Unit, due_at
from arasha.kernel.worktime.tests.reviewed import CALENDAR, moment

SCHOOL = Hours(time(8, 30), time(18, 30))


def one(unit: Unit, since: str, hours: Hours = SCHOOL, amount: int = 1, *pauses: Pause) -> Derivation:
    return due_at(Limit(amount, unit), moment(since), hours, CALENDAR, pauses)


def steps(derivation: Derivation, language: str = "en") -> list[tuple[str, str, str]]:
    found = explain(derivation, language).steps
    return [(step.label, step.value.replace("\u00a0", " "), step.note.replace("\u00a0", " ")) for step in found]


def test_the_steps_of_the_nauryz_deadline() -> None:
    assert steps(one(Unit.WORKING_DAYS, "2026-03-20 15:40")) == [
        ("From the moment", "Friday 20 March 2026, 15:40", ""),
        (
            "Limit",
            "1 working day",
            "the day of the notice is not counted; the day ends when the body closes, 18:30",
        ),
        ("Calendar", "Kazakhstan 2026, five-day week", "5 days skipped: Nauryz, 2 days off moved"),
        ("Due", "Thursday 26 March 2026, 18:30", "not extended, not suspended"),
    ]


def test_the_strip_of_the_nauryz_deadline() -> None:
    boxes = strip(one(Unit.WORKING_DAYS, "2026-03-20 15:40"), "en", moment("2026-03-27 09:40"))
    assert [(box.label.replace("\u00a0", " "), box.reason.replace("\u00a0", " "), box.state) for box in boxes] == [
        ("Fri 20", "notice received 15:40", "from"),
        ("Sat 21", "Nauryz", "off"),
        ("Sun 22", "Nauryz", "off"),
        ("Mon 23", "Nauryz", "off"),
        ("Tue 24", "day off for Sat 21", "off"),
        ("Wed 25", "day off for Sun 22", "off"),
        ("Thu 26", "working day 1: due at 18:30", "due"),
        ("Fri 27", "now, 09:40", "now"),
    ]
    assert [box.is_today for box in boxes] == [False] * 7 + [True]


def test_a_long_strip_keeps_the_first_the_last_and_the_days_off() -> None:
    boxes = strip(one(Unit.WORKING_DAYS, "2026-01-12 10:00", amount=10), "en")
    assert [(box.date.day, box.state, box.left_out) for box in boxes] == [
        (12, "from", 0),
        (17, "off", 4),
        (18, "off", 0),
        (24, "off", 5),
        (25, "off", 0),
        (26, "due", 0),
    ]


def test_today_stays_in_a_long_strip() -> None:
    boxes = strip(one(Unit.WORKING_DAYS, "2026-01-12 10:00", amount=10), "en", moment("2026-01-20 12:00"))
    assert [(box.date.day, box.left_out) for box in boxes if box.is_today] == [(20, 1)]


@pytest.mark.parametrize(
    ("derivation", "note"),
    [
        (one(Unit.CLOCK_HOURS, "2026-03-20 23:50"), "the clock runs through nights and days off"),
        (
            one(Unit.WORKING_HOURS, "2026-03-20 23:50"),
            "only the hours when the body is open count: 08:30–18:30",
        ),
        (
            one(Unit.WORKING_HOURS, "2026-03-20 23:50", AROUND_THE_CLOCK),
            "the body works round the clock, so every hour counts",
        ),
        (
            one(Unit.WORKING_DAYS, "2026-03-20 23:50", AROUND_THE_CLOCK),
            "the day of the notice is not counted; the last day ends at midnight",
        ),
        (
            one(Unit.CALENDAR_DAYS, "2026-03-20 23:50"),
            "the day of the notice is not counted; the last day is off, so it ends on the next day of work",
        ),
    ],
)
def test_the_limit_says_what_counts(derivation: Derivation, note: str) -> None:
    assert steps(derivation)[1][2] == note


def test_an_hour_within_one_day_is_one_box() -> None:
    (box,) = strip(one(Unit.CLOCK_HOURS, "2026-03-20 10:00"), "en")
    assert (box.reason, box.state) == ("notice received 10:00: due at 11:00", "due")


def test_a_worked_saturday_says_which_day_it_is_worked_for() -> None:
    boxes = strip(one(Unit.WORKING_DAYS, "2024-05-03 10:00"), "en")
    assert boxes[1].reason.replace("\u00a0", " ") == "worked in place of Wed 8: due at 18:30"


def test_a_notice_after_closing_waits_for_working_hours() -> None:
    boxes = strip(one(Unit.WORKING_HOURS, "2026-01-08 19:00"), "en")
    assert [box.reason for box in boxes] == ["notice received 19:00; after closing, 18:30", "due at 09:30"]


def test_suspension_extension_and_estimates_are_said() -> None:
    stop = Pause(moment("2026-01-13 10:00"), moment("2026-01-14 10:00"))
    derivation = one(Unit.WORKING_DAYS, "2026-01-12 10:00", SCHOOL, 1, stop)
    found = explain(derivation, "en", extended_to=moment("2026-01-20 18:30"), from_note="a letter came")
    assert found.steps[0].note == "a letter came"
    assert found.steps[3].value == "Tuesday 20\u00a0January 2026, 18:30"
    assert found.steps[3].note.replace("\u00a0", " ") == (
        "extended; it was due Wednesday 14 January 2026, 18:30; "
        "suspended: Tuesday 13 January 2026, 10:00 – Wednesday 14 January 2026, 10:00"
    )
    assert [box.reason for box in found.days][1] == "suspended"
    eid = one(Unit.WORKING_DAYS, "2026-05-26 10:00")
    assert steps(eid)[2][2] == "1 day skipped: Kurban-ait; a date among them is estimated and not yet announced"


def test_the_explanation_of_a_stored_deadline_is_the_same() -> None:
    derivation = one(Unit.WORKING_DAYS, "2026-03-20 15:40")
    again = Derivation.from_json(derivation.to_json())
    for language in ("kk", "ru", "en"):
        assert explain(again, language) == explain(derivation, language)


def test_kazakh_and_russian_readers_get_their_own_words() -> None:
    derivation = one(Unit.WORKING_DAYS, "2026-03-20 15:40")
    assert steps(derivation, "kk")[2] == (
        "Күнтізбе",
        "Қазақстан, 2026, бес күндік жұмыс аптасы",
        "5 күн саналмады: Наурыз мейрамы, ауыстырылған 2 демалыс күні",
    )
    assert steps(derivation, "ru")[3] == (
        "Срок исполнения",
        "четверг, 26 марта 2026, 18:30",
        "не продлён, не приостановлен",
    )
