"""Who enters where, by the program and by the database; what can't stand; sent twice, and two at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.governance import actions, queries
from arasha.governance.models import Description, Pilot, Step
from arasha.governance.policy import NotAllowed
from arasha.governance.rules import PilotFaulty, StepSaid
from arasha.governance.tests.entered import (
    DOCUMENT,
    EVALUATED,
    EXTENDED,
    NATION,
    SCALED,
    STOPPED,
    TODAY,
    Keepers,
    piloted,
    said,
    stands,
    stepped,
)
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services.tests.directory import (
    DISTRICT,
    ELSEWHERE,
    HIDDEN,
    NEXT_DISTRICT,
    REFUGE,
    REGION,
    SHELTER,
    acting,
    entered,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "places", "may"),
    [
        ("district", (DISTRICT,), True),
        ("district", (DISTRICT, NEXT_DISTRICT), False),
        ("district", (REGION,), False),
        ("neighbour", (DISTRICT,), False),
        ("region", (DISTRICT, NEXT_DISTRICT), True),
        ("region", (DISTRICT, ELSEWHERE), False),
        ("nation", (ELSEWHERE, NATION), True),
        ("nurse", (DISTRICT,), False),
        ("answers", (DISTRICT,), False),
    ],
)
def test_each_keeps_pilots_of_its_own_territory_alone(
    keepers: Keepers, who: str, places: tuple[str], may: bool
) -> None:
    person = getattr(keepers, who)
    unit = keepers.answers.unit_id if who == "district" else person.unit_id
    if may:
        assert piloted(keepers, by=person, territories=places, unit=unit)
    else:
        with pytest.raises(NotAllowed):
            piloted(keepers, by=person, territories=places, unit=unit)


def test_others_read_and_add_nothing_to_it(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    for person in (keepers.neighbour, keepers.nurse, keepers.answers):
        assert stands(person, pilot).state == "due"
        with pytest.raises(NotAllowed):
            stepped(person, pilot)
    for person in (keepers.region, keepers.nation):
        stepped(person, pilot)


STEP = (
    'INSERT INTO governance_step (id, pilot_id, number, kind, "on", evaluator, said, document, until, decision,'
    " afterwards, corrects_id, unit_id, entered_by_id, entered_at) VALUES (gen_random_uuid(), %s, %s, %s, current_date,"
    " 'x', 's', 'd', {until}, %s, %s, NULL, %s, %s, now())"
)


def refused(person: Person, sql: str, *values: Any) -> None:
    """Do something past the program, as this person, with an act open; the database refuses it for what it is."""
    words = r"permission denied|row-level security|violates"
    refusing, given = pytest.raises(DatabaseError, match=words), transaction.atomic()
    with refusing, given, cast.acting(person), connection.cursor() as cursor:
        cursor.execute(sql, values)
    cast.leave()


def test_the_database_asks_the_same_of_whoever_goes_past_the_program(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    own, near = keepers.district, keepers.neighbour
    plain = STEP.format(until="NULL")
    refused(near, plain, pilot, 2, "evaluated", "", "", near.unit_id, near.user_id)
    refused(own, plain, pilot, 2, "evaluated", "", "", own.unit_id, near.user_id)
    refused(own, plain, pilot, 2, "evaluated", "", "", near.unit_id, own.user_id)
    refused(own, plain, pilot, 3, "evaluated", "", "", own.unit_id, own.user_id)
    refused(own, plain, pilot, 1, "evaluated", "", "", own.unit_id, own.user_id)
    refused(own, plain, pilot, 2, "decided", "stop", "", own.unit_id, own.user_id)
    refused(own, plain, pilot, 2, "extended", "", "", own.unit_id, own.user_id)
    for table in ("pilot", "step", "description"):
        refused(own, f"UPDATE governance_{table} SET id = id")
        refused(own, f"DELETE FROM governance_{table}")
    refused(own, "INSERT INTO governance_reminder VALUES (gen_random_uuid(), 1, 'month', now(), %s)", pilot)
    stepped(own, pilot, SCALED)
    refused(own, plain, pilot, 3, "decided", "scale", "", own.unit_id, own.user_id)
    longer = STEP.format(until="current_date + 900")
    refused(own, longer, pilot, 3, "extended", "", "", own.unit_id, own.user_id)
    assert stands(own, pilot).number == 2


def test_a_decision_without_what_happens_to_those_served_is_refused_but_to_scale_up(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    for decision in ("stop", "hand_over"):
        with pytest.raises(PilotFaulty) as faulty:
            stepped(keepers.district, pilot, replace(SCALED, decision=decision))
        assert faulty.value.faults == [("afterwards", "empty")]
    stepped(keepers.district, pilot, SCALED)
    assert stands(keepers.district, pilot).decision == "scale"


def test_a_decided_pilot_is_neither_prolonged_nor_decided_until_the_decision_is_taken_back(keepers: Keepers) -> None:
    pilot, keeper = piloted(keepers), keepers.district
    decision = stepped(keeper, pilot, STOPPED)
    stepped(keeper, pilot, EVALUATED)
    for step in (EXTENDED, SCALED):
        with pytest.raises(PilotFaulty) as faulty:
            stepped(keeper, pilot, step)
        assert faulty.value.faults == [("__all__", "decided")]
    back = StepSaid(kind="corrected", on=TODAY, said="Not signed", document="Letter 1", corrects=decision)
    stepped(keeper, pilot, back)
    assert stands(keeper, pilot).state == "due"
    with pytest.raises(PilotFaulty):
        stepped(keeper, pilot, back)
    stepped(keeper, pilot, SCALED)
    with acting(keeper) as actor:
        assert [one.kind for one in queries.steps_of(actor, pilot)] == [
            "entered",
            "decided",
            "evaluated",
            "corrected",
            "decided",
        ]


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (replace(EVALUATED, evaluator=""), "evaluator"),
        (replace(EVALUATED, said=" "), "said"),
        (replace(EVALUATED, said="x" * 4001), "said"),
        (replace(EVALUATED, document="\x00"), "document"),
        (replace(EVALUATED, on=TODAY + timedelta(days=1)), "on"),
        (replace(EVALUATED, until=TODAY), "until"),
        (replace(EVALUATED, decision="stop"), "decision"),
        (replace(EVALUATED, kind="entered"), "kind"),
        (replace(EVALUATED, kind="changed"), "kind"),
        (replace(EXTENDED, until=None), "until"),
        (replace(EXTENDED, until=TODAY + timedelta(days=30)), "until"),
        (replace(SCALED, decision="forget"), "decision"),
        (StepSaid(kind="corrected", on=TODAY, said="x", document="x"), "corrects"),
        (StepSaid(kind="corrected", on=TODAY, said="x", document="x", corrects=uuid4()), "corrects"),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(keepers: Keepers, step: StepSaid, field: str) -> None:
    pilot = piloted(keepers)
    with pytest.raises(PilotFaulty) as faulty:
        stepped(keepers.district, pilot, step)
    assert field in dict(faulty.value.faults)


def test_the_entry_can_get_another_day_and_is_never_taken_back(keepers: Keepers) -> None:
    pilot, keeper = piloted(keepers), keepers.district
    with acting(keeper) as actor:
        first = queries.steps_of(actor, pilot)[0].pk
    wrong = StepSaid(kind="corrected", on=TODAY, said="Mistyped", document="Order 4", corrects=first)
    with pytest.raises(PilotFaulty):
        stepped(keeper, pilot, wrong)
    stepped(keeper, pilot, replace(wrong, until=TODAY + timedelta(days=500)))
    found = stands(keeper, pilot)
    assert (found.state, found.prolonged) == ("running", 0)
    evaluation = stepped(keeper, pilot, EVALUATED)
    with pytest.raises(PilotFaulty) as faulty:
        stepped(keeper, pilot, replace(wrong, corrects=evaluation, until=TODAY))
    assert faulty.value.faults == [("until", "correction_day")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_kk": " "}, "title_kk"),
        ({"aim_kk": ""}, "aim_kk"),
        ({"serves": ""}, "serves"),
        ({"money": ""}, "money"),
        ({"amount": -1}, "amount"),
        ({"children": -1}, "children"),
        ({"first_day": TODAY + timedelta(days=31)}, "until"),
        ({"unit": 999_999}, "unit"),
        ({"offerings": (uuid4(),)}, "offerings"),
    ],
)
def test_a_pilot_that_cannot_stand_is_refused_at_its_field(
    keepers: Keepers, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(PilotFaulty) as faulty:
        piloted(keepers, **changes)
    assert dict(faulty.value.faults).keys() == {field}


def test_a_pilot_names_no_protected_offering_and_says_no_more_of_it_than_of_one_that_is_not_there(
    keepers: Keepers,
) -> None:
    _, _, hidden = entered(keepers.region, REFUGE, HIDDEN, SHELTER)
    for person, place, unit in (
        (keepers.region, REGION, keepers.region.unit_id),
        (keepers.district, DISTRICT, keepers.answers.unit_id),
    ):
        with pytest.raises(PilotFaulty) as faulty:
            piloted(keepers, by=person, territories=(place,), unit=unit, offerings=(hidden,))
        assert faulty.value.faults == [("offerings", "unknown")]
    pilot = piloted(keepers, by=keepers.region, territories=(REGION,), unit=keepers.region.unit_id)
    now = datetime.now(UTC)
    with acting(keepers.region) as actor:
        line = queries.line(actor, pilot, today=TODAY)
        assert queries.choosable(line, "", now=now, language="kk") == []
        assert queries.paid_for([hidden], now=now, language="kk") == []
        assert queries.open_of([hidden]) == ()


def test_a_page_sent_twice_is_one_and_with_something_else_is_refused(keepers: Keepers) -> None:
    ticket = uuid4()
    pilot = piloted(keepers, ticket=ticket)
    assert piloted(keepers, ticket=ticket) == pilot
    with pytest.raises(actions.TicketUsed):
        piloted(keepers, ticket=ticket, money="Somebody else")
    step = uuid4()
    for _twice in range(2):
        assert stepped(keepers.district, pilot, EXTENDED, after=1, ticket=step) == step
    with pytest.raises(actions.TicketUsed):
        stepped(keepers.district, pilot, EVALUATED, after=1, ticket=step)
    with acting(keepers.district):
        assert (Pilot.objects.count(), Step.objects.count(), Description.objects.count()) == (1, 2, 1)


def test_whoever_read_an_older_page_is_told_and_nothing_is_entered_on_top(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    stepped(keepers.district, pilot, EXTENDED, after=1)
    with pytest.raises(actions.Overtaken):
        stepped(keepers.region, pilot, SCALED, after=1)
    why = StepSaid(kind="changed", on=TODAY, said="New title", document=DOCUMENT)
    with acting(keepers.district) as actor:
        given = {"actor": actor, "pilot": pilot, "said": said(keepers, title_kk="Жаңа"), "why": why}
        now = datetime.now(UTC)
        with pytest.raises(actions.Overtaken):
            actions.change_pilot(ticket=uuid4(), after=1, now=now, **given)  # type: ignore[arg-type]
        actions.change_pilot(ticket=uuid4(), after=2, now=now, **given)  # type: ignore[arg-type]
        line = queries.line(actor, pilot, today=TODAY)
        assert (line.said.title_kk, line.stands.number, line.stands.prolonged) == ("Жаңа", 3, 1)


def test_a_pilot_is_not_moved_to_where_its_keeper_has_no_say(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    why = StepSaid(kind="changed", on=TODAY, said="Moves", document=DOCUMENT)
    with acting(keepers.district) as actor, pytest.raises(NotAllowed):
        actions.change_pilot(
            actor=actor,
            ticket=uuid4(),
            pilot=pilot,
            after=1,
            said=said(keepers, territories=(DISTRICT, NEXT_DISTRICT)),
            why=why,
            now=datetime.now(UTC),
        )
