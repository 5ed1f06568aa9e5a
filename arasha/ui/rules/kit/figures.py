"""Samples with numbers: deadlines, lists, territories, long work."""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext

from arasha.kernel.worktime.queries import Step, StripDay
from arasha.ui.rules import clock, page, parts
from arasha.ui.rules import journey as drawn

ZONE = ZoneInfo("Asia/Almaty")
NAURYZ = frozenset(date(2026, 3, day) for day in range(21, 26))
HERE = "#main"


def the_clock() -> dict[str, object]:
    """Return the samples of these components."""
    opened = datetime(2026, 3, 20, 15, 40, tzinfo=ZONE)
    now = opened + timedelta(hours=162)

    def ring(kind: str, due: float, met: float | None = None) -> clock.Ring:
        return clock.Ring(
            kind, opened, opened + timedelta(hours=due), None if met is None else opened + timedelta(hours=met)
        )

    rings = [
        ring("met", 2.2, 0.75),
        ring("met", 24, 19.8),
        ring("late", 146.8),
        ring("soon", 168),
        ring("open", 168),
        ring("suspended", 168),
    ]
    return {
        "clock_value": clock.clock(opened, now, rings, NAURYZ),
        "clock_list": [
            (number, act, body, parts.State(kind, words)) for number, (act, body, kind, words) in enumerate(_acts(), 1)
        ],
    }


def the_journey() -> dict[str, object]:
    """Return the samples of these components."""
    now = datetime(2026, 3, 27, 9, 40, tzinfo=ZONE)

    def at(month: int, day: int, hour: int = 12) -> datetime:
        return datetime(2026, month, day, hour, tzinfo=ZONE)

    hurt, answer = pgettext("kit", "Injuries reported"), pgettext("kit", "no answer for 7 days")
    lanes = [
        drawn.Lane(
            pgettext("kit", "School No. 14"),
            pgettext("kit", "obliged"),
            [drawn.Mark(at(1, 8), 1, "wait", "")],
            [drawn.Gap(at(3, 20, 16), now, answer, "7", "")],
        ),
        drawn.Lane(
            pgettext("kit", "District hospital"), "", [drawn.Mark(at(3, 20), 2, "met", hurt, HERE)], child=False
        ),
        drawn.Lane(
            pgettext("kit", "Family support centre"),
            pgettext("kit", "leads"),
            [drawn.Mark(at(3, 20, 18), 3, "met", ""), drawn.Mark(at(3, 27, 15), 4, "soon", "")],
            [drawn.Gap(at(3, 21), at(3, 26), pgettext("kit", "5 days: nothing written"), "5", "quiet")],
        ),
    ]
    everybody = [drawn.Gap(at(1, 9), at(3, 19), pgettext("kit", "71 days: nobody acted"), "71", "all")]
    return {"journey_drawn": drawn.journey(lanes, everybody, at(1, 5), now, NAURYZ)}


def _acts() -> list[tuple[str, str, str, str]]:
    return [
        (
            pgettext("kit", "Examine the child together"),
            pgettext("kit", "District hospital"),
            "met",
            pgettext("kit", "met in 45 min"),
        ),
        (
            pgettext("kit", "Go and see the child"),
            pgettext("kit", "Guardianship unit"),
            "met",
            pgettext("kit", "met in 19 h"),
        ),
        (pgettext("kit", "Answer in writing"), pgettext("kit", "School No. 14"), "late", pgettext("kit", "15 h late")),
        (
            pgettext("kit", "First case conference"),
            pgettext("kit", "Family support centre"),
            "soon",
            pgettext("kit", "due today, 15:40"),
        ),
        (
            pgettext("kit", "Say what was done"),
            pgettext("kit", "Police, juvenile unit"),
            "open",
            pgettext("kit", "not due yet"),
        ),
        (
            pgettext("kit", "Find a place in the centre"),
            pgettext("kit", "Social protection"),
            "suspended",
            pgettext("kit", "suspended by a decision"),
        ),
    ]


def of_deadlines() -> dict[str, object]:
    """Return the samples of these components."""
    nauryz, moved = pgettext("kit", "Nauryz"), pgettext("kit", "day off, moved")
    days: list[tuple[int, str, Literal["from", "off", "due", "now"]]] = [
        (20, pgettext("kit", "notice received"), "from"),
        (21, nauryz, "off"),
        (22, nauryz, "off"),
        (23, nauryz, "off"),
        (24, moved, "off"),
        (25, moved, "off"),
        (26, pgettext("kit", "working day 1: due at 18:30"), "due"),
        (27, pgettext("kit", "now, 09:40"), "now"),
    ]
    return {
        "calc_steps": [
            Step(
                pgettext("kit", "From the moment"),
                "20.03.2026, 15:40",
                pgettext("kit", "when the notice reached the school"),
            ),
            Step(
                pgettext("kit", "Limit"),
                pgettext("kit", "1 working day"),
                pgettext("kit", "the day of the notice is not counted"),
            ),
            Step(
                pgettext("kit", "Calendar"),
                pgettext("kit", "Kazakhstan 2026, five-day week"),
                pgettext("kit", "5 days skipped"),
            ),
            Step(pgettext("kit", "Due"), "26.03.2026, 18:30", pgettext("kit", "not extended, not suspended")),
        ],
        "calendar_days": [StripDay(date(2026, 3, day), f"{day}.03", why, state) for day, why, state in days],
        "rungs_of_ladder": _rungs(),
    }


def _rungs() -> list[parts.Rung]:
    return [
        parts.Rung(0, pgettext("kit", "School No. 14"), pgettext("kit", "owed it by 26.03.2026, 18:30"), passed=True),
        parts.Rung(1, pgettext("kit", "District coordinator: you"), pgettext("kit", "since today, 08:30"), here=True),
        parts.Rung(2, pgettext("kit", "Regional department"), pgettext("kit", "30.03.2026, if still silent")),
    ]


def of_lists() -> dict[str, object]:
    """Return the samples of these components."""
    return {
        "key_figures": [
            parts.Figure("4", pgettext("kit", "late"), pgettext("kit", "2 are with you"), HERE, late=True),
            parts.Figure("6", pgettext("kit", "due today"), pgettext("kit", "1 already met"), HERE),
            parts.Figure("2", pgettext("kit", "signals waiting"), "", HERE),
            parts.Figure("3", pgettext("kit", "without contact"), pgettext("kit", "longest 34 days")),
            parts.Figure("5", pgettext("kit", "referrals unanswered"), "", HERE),
            parts.Figure("1", pgettext("kit", "meeting today"), "15:00", HERE),
        ],
        "columns": [
            page.Column("act", pgettext("kit", "What, for whom")),
            page.Column("body", pgettext("kit", "Who owes it")),
            page.Column("due", pgettext("kit", "Late by")),
        ],
        "filters": [
            page.Filter(
                "age",
                pgettext("kit", "Age"),
                [("0-2", pgettext("kit", "0 to 2 years")), ("3-6", pgettext("kit", "3 to 6 years"))],
                frozenset({"3-6"}),
            ),
        ],
    }


def of_territories() -> dict[str, object]:
    """Return the samples of these components."""
    nation = [
        ("KST", 3, 1, 1),
        ("AKM", 4, 1, 0),
        ("AST", 5, 1, 3),
        ("KRG", 5, 2, 0),
        ("TRK", 3, 3, 2),
        ("SHY", 3, 4, 3),
    ]
    return {
        "nation_tiles": [
            parts.Tile(
                short,
                str(level * 3),
                level=level,
                url=HERE,
                column=column,
                row=row,
                short=short,
                current=short == "TRK",
            )
            for short, column, row, level in nation
        ],
        "region_tiles": [
            parts.Tile(pgettext("kit", "Saryagash district"), "4", pgettext("kit", "of 128"), 2, HERE, current=True),
            parts.Tile(pgettext("kit", "Keles district"), "1", pgettext("kit", "of 77"), 1, HERE),
            parts.Tile(pgettext("kit", "Sozak district"), "0", pgettext("kit", "of 31")),
        ],
        "small_multiples": _multiples(),
    }


def _multiples() -> list[parts.Multiple]:
    return [
        parts.Multiple(
            pgettext("kit", "Schools"),
            "18",
            pgettext("kit", "4 more in a week"),
            (6, 7, 5, 8, 9, 8, 10, 9, 11, 12, 14, 18),
            18,
        ),
        parts.Multiple(
            pgettext("kit", "Police"),
            "9",
            pgettext("kit", "3 more in a week"),
            (9, 8, 9, 7, 8, 8, 6, 7, 6, 7, 6, 9),
            18,
        ),
        parts.Multiple(
            pgettext("kit", "Health"),
            "7",
            pgettext("kit", "2 more in a week"),
            (5, 5, 6, 5, 4, 6, 5, 5, 4, 6, 5, 7),
            18,
        ),
        parts.Multiple(
            pgettext("kit", "Social protection"),
            "4",
            pgettext("kit", "1 more in a week"),
            (3, 4, 3, 3, 2, 3, 4, 3, 3, 2, 3, 4),
            18,
        ),
    ]


def of_moments() -> dict[str, object]:
    """Return the samples of these components."""
    return {
        "nothing_there": parts.Empty(
            pgettext("kit", "No signal waits"),
            pgettext(
                "kit", "The last one was decided today at 08:55. If somebody tells you something in person, record it."
            ),
            [page.Action(pgettext("kit", "Record a signal"), HERE)],
        ),
        "long_work": parts.Progress(
            pgettext("kit", "Loading the register: 62,400 of 100,000 rows"),
            pgettext("kit", "About 4 minutes left. You may leave this page; a message will come when it is done."),
            62400,
            100000,
            pgettext("kit", "Rows loaded"),
            [(pgettext("kit", "New"), "3102"), (pgettext("kit", "Refused, each with its reason"), "16")],
            [page.Action(pgettext("kit", "Stop, keep what is loaded"), HERE, kind="secondary")],
        ),
    }
