"""Who enters where, by the program and by the database; sent twice, at once, wrong."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.coverage import actions, queries, rules
from arasha.coverage.models import Commitment, Step
from arasha.coverage.policy import NotAllowed
from arasha.coverage.rules import InfrastructureFaulty, StepSaid
from arasha.coverage.tests.entered import TODAY, person, promised, stepped
from arasha.services.tests.directory import DISTRICT, ELSEWHERE, NEXT_DISTRICT, REGION, acting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("function", "own", "place", "may"),
    [
        ("coordination_district", DISTRICT, DISTRICT, True),
        ("coordination_district", DISTRICT, NEXT_DISTRICT, False),
        ("coordination_district", DISTRICT, REGION, False),
        ("coordination_region", REGION, NEXT_DISTRICT, True),
        ("coordination_region", REGION, ELSEWHERE, False),
        ("coordination_nation", "000000000", ELSEWHERE, True),
        ("guardianship", DISTRICT, DISTRICT, False),
    ],
)
def test_each_enters_in_its_own_territory(function: str, own: str, place: str, may: bool) -> None:
    who = person(function, own)
    if may:
        assert promised(who, territory=place)
    else:
        with pytest.raises(NotAllowed):
            promised(who, territory=place)


def test_the_database_asks_the_same_of_whoever_goes_past_the_program() -> None:
    keeper, neighbour = person("coordination_district", DISTRICT), person("coordination_district", NEXT_DISTRICT)
    row = promised(keeper)
    step = (
        'INSERT INTO coverage_step (id, commitment_id, kind, "on", count, reason, source, entered_by_id, entered_at)'
        " VALUES (gen_random_uuid(), %s, 'opened', current_date, 1, '', 's', %s, now())"
    )
    for sql, values in (
        (step, (row, neighbour.user_id)),
        ("UPDATE coverage_step SET count = 9", ()),
        ("DELETE FROM coverage_step", ()),
        ("UPDATE coverage_commitment SET what = 'x'", ()),
    ):
        with acting(neighbour), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    with acting(neighbour) as actor:
        assert queries.line(actor, row, today=TODAY).stands.opened == 0
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:  # nobody acts
        cursor.execute("SELECT count(*) FROM coverage_commitment")


def test_a_page_sent_twice_is_one_entry_and_with_something_else_is_refused() -> None:
    keeper, ticket = person("coordination_district", DISTRICT), uuid4()
    row = promised(keeper, ticket)
    assert promised(keeper, ticket) == row
    with pytest.raises(actions.TicketUsed):
        promised(keeper, ticket, what="Another school")
    again = uuid4()
    assert stepped(keeper, row, ticket=again) == stepped(keeper, row, ticket=again)
    with acting(keeper):
        assert (Commitment.objects.count(), Step.objects.count()) == (1, 2)


def test_two_who_enter_the_same_are_both_seen_and_one_is_taken_back() -> None:
    first, second = person("coordination_district", DISTRICT), person("coordination_region", REGION)
    row = promised(first)
    stepped(first, row)
    double = stepped(second, row)
    with acting(first) as actor:
        assert queries.line(actor, row, today=TODAY).stands.opened == 2
    stepped(first, row, StepSaid("corrected", TODAY, "Letter 7", count=0, reason="Counted twice", corrects=double))
    with acting(first) as actor:
        stands = queries.line(actor, row, today=TODAY).stands
        assert (stands.opened, stands.late, stands.state) == (1, 2, "late")
        assert Step.objects.filter(commitment=row).count() == 4


def test_a_new_day_is_a_correction_of_the_promise_and_dropping_keeps_it_promised() -> None:
    keeper = person("coordination_district", DISTRICT)
    row = promised(keeper)
    with acting(keeper):
        promise = Step.objects.get(commitment=row).pk
    later = TODAY + timedelta(days=30)
    said = StepSaid("corrected", TODAY, "Order 9", due_on=later, reason="Put off", corrects=promise)
    stepped(keeper, row, said)
    with acting(keeper) as actor:
        assert queries.line(actor, row, today=TODAY).stands.state == "running"
    stepped(keeper, row, StepSaid("dropped", TODAY, "Order 10", reason="No money"))
    with acting(keeper) as actor:
        stands = queries.line(actor, row, today=later + timedelta(days=9)).stands
        assert (stands.promised, stands.dropped, stands.late, stands.state) == (3, 3, 0, "dropped")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (StepSaid("opened", TODAY, "x"), "count"),
        (StepSaid("opened", TODAY, "x", count=0), "count"),
        (StepSaid("opened", TODAY + timedelta(days=2), "x", count=1), "on"),
        (StepSaid("dropped", TODAY, "x"), "reason"),
        (StepSaid("promised", TODAY, "x", count=1), "kind"),
        (StepSaid("opened", TODAY, " ", count=1), "source"),
        (StepSaid("opened", TODAY, "x\x00", count=1), "source"),
        (StepSaid("corrected", TODAY, "x", count=1, reason="x"), "corrects"),
        (StepSaid("corrected", TODAY, "x", count=1, reason="x", corrects=uuid4()), "corrects"),
        (StepSaid("opened", TODAY, "x", count=1, due_on=TODAY), "due_on"),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(said: StepSaid, field: str) -> None:
    keeper = person("coordination_district", DISTRICT)
    row = promised(keeper)
    with pytest.raises(InfrastructureFaulty) as faulty:
        stepped(keeper, row, said)
    assert field in dict(faulty.value.faults)


def test_sources_are_not_added_and_parts_of_a_counted_whole_are_not_counted_twice() -> None:
    now = datetime.now(UTC)
    rows = [
        rules.Counted("0.61.1", "akimat", 4, TODAY, now),
        rules.Counted("0.61.1", "akimat", 9, TODAY - timedelta(days=9), now),
        rules.Counted("0.61.2", "akimat", 5, TODAY, now),
        rules.Counted("0.61.1", "ngo", 7, TODAY, now),
        rules.Counted("0.61", "ministry", 20, TODAY, now),
        rules.Counted("0.61.1", "ministry", 3, TODAY, now),
        rules.Counted("0.610", "akimat", 100, TODAY, now),
    ]
    assert rules.needed(rows, "0.61") == [("akimat", 9), ("ministry", 20), ("ngo", 7)]
    assert rules.needed(rows, "0.61.1") == [("akimat", 4), ("ministry", 3), ("ngo", 7)]
