"""Four biographies in which the real system was silent: replayed, each silence stands where it was, and is said.

Adel, Arkhat, Ainur and Dana are the evaluation's own; the days are those of the telling, counted from the first sign.
A test of the rules alone: who reads what of a file is tested elsewhere.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from arasha.coordination import rules
from arasha.coordination.rules import Duty, Entry

FIRST = datetime(2025, 9, 1, 4, 0, tzinfo=UTC)
SCHOOL, CLINIC, POLICE, LEAD, PROSECUTOR = 1, 2, 3, 4, 5


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


@dataclass(frozen=True)
class Journey:
    """What was done on which day by whom; what was owed: by whom, what, due when, answered when."""

    done: list[tuple[float, int, str]]
    owed: list[tuple[int, str, float, float | None]]
    until: float
    nobody: list[tuple[float, float]] = field(default_factory=list)
    no_answer: list[tuple[int, float, float]] = field(default_factory=list)
    not_seen: list[tuple[float, float]] = field(default_factory=list)


JOURNEYS = {
    # Two schools noticed absences a year apart; the police never answered; nobody saw her before she spoke at 18.
    "adel": Journey(
        done=[(0, SCHOOL, "report_signal"), (210, SCHOOL, "report_signal"), (400, LEAD, "open_case")],
        owed=[(POLICE, "answer", 1, None), (LEAD, "visit", 211, 400)],
        until=402,
        nobody=[(0, 210), (210, 400)],
        no_answer=[(POLICE, 1, 402), (LEAD, 211, 400)],
        not_seen=[(0, 402)],
    ),
    # The sister told; the clinic that would gossip was passed over; the body outside the village saw him on day two.
    "arkhat": Journey(
        done=[(0, 0, "report_signal"), (1, LEAD, "take_signal"), (2, LEAD, "seen"), (3, LEAD, "open_case")],
        owed=[(POLICE, "the coach's other pupils, by name", 4, None), (LEAD, "visit", 3, 2)],
        until=12,
        nobody=[(3, 12)],
        no_answer=[(POLICE, 4, 12)],
        not_seen=[(2, 12)],
    ),
    # Staff knew and wrote nothing; the look by somebody from outside, owed within hours, came five days late.
    "ainur": Journey(
        done=[(0, 0, "report_signal"), (5.25, LEAD, "seen"), (5.5, CLINIC, "examined")],
        owed=[(LEAD, "see her alone", 0.25, 5.25), (CLINIC, "treat the injuries", 1, None)],
        until=6,
        nobody=[(0, 5.25)],
        no_answer=[(LEAD, 0.25, 5.25), (CLINIC, 1, 6)],
        not_seen=[],
    ),
    # The birth was reported and a psychologist came at once; the statement was refused, the prosecutor kept silent.
    "dana": Journey(
        done=[(0, CLINIC, "report_signal"), (0.5, LEAD, "seen"), (2, POLICE, "refuse_statement"), (40, LEAD, "seen")],
        owed=[(PROSECUTOR, "answer on the refused statement", 5, None)],
        until=45,
        nobody=[(2, 40), (40, 45)],
        no_answer=[(PROSECUTOR, 5, 45)],
        not_seen=[(0.5, 40)],
    ),
}


def entries(journey: Journey) -> list[Entry]:
    found = [
        Entry(day(at), verb, verb, "done", number=number, unit=unit, seen=verb == "seen")
        for number, (at, unit, verb) in enumerate(journey.done)
    ]
    # The clock wrote, too: each missed moment was noticed, and climbed. It must not count as somebody's work.
    for _unit, _what, due, answered in journey.owed:
        if answered is None or answered > due:
            for later in (0, 1, 3):
                found.append(Entry(day(due + later), "escalate_obligation", "", "late", work=False))
    return found


def spans(gaps: list[rules.Silence]) -> list[tuple[float, float]]:
    return [((gap.since - FIRST) / timedelta(days=1), (gap.until - FIRST) / timedelta(days=1)) for gap in gaps]


@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_a_replayed_journey_raises_its_silences(name: str) -> None:
    journey = JOURNEYS[name]
    told, now = entries(journey), day(journey.until)
    everybody = rules.silences(told, now, open_file=True)
    assert spans(everybody) == journey.nobody
    duties = [
        Duty(unit, what, "", day(due), None if answered is None else day(answered))
        for unit, what, due, answered in journey.owed
    ]
    silent = rules.unanswered(duties, now)
    assert [(gap.unit, *span) for gap, span in zip(silent, spans(silent), strict=True)] == sorted(
        journey.no_answer, key=lambda row: row[1]
    )
    assert spans(rules.unseen(told, FIRST, now, open_file=True)) == journey.not_seen
    story = rules.woven(told, [*everybody, *silent])
    assert len(story) == len(told) + len(everybody) + len(silent)


@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_what_lasts_still_is_told_as_lasting(name: str) -> None:
    journey = JOURNEYS[name]
    told, now = entries(journey), day(journey.until)
    for gap in rules.silences(told, now, open_file=True):
        assert gap.open == (gap.until == now)
    assert all(not gap.open for gap in rules.silences(told, now, open_file=False))
