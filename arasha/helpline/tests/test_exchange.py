"""The exchange's door, through HTTP with a token: a recorded day, and everything that goes wrong on the way."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from arasha.helpline import actions
from arasha.helpline.models import Call, CallEvent, CallNumber
from arasha.helpline.tests.line import Line
from arasha.helpline.tests.recorded import (
    CALLER,
    EVENTS,
    LONG_AGO,
    clock,
    contacts,
    day,
    event,
    exchange_of,
    follow,
    reckoned,
    tell,
)
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SECOND = 1000


def test_the_recorded_day_is_counted_call_by_call(exchange: System, line: Line) -> None:
    events = day()
    tell(exchange, events)
    rows = list(reckoned().values())
    assert len(rows) == 24
    assert Counter(row[1] for row in rows) == {"answered": 18, "abandoned": 3, "missed": 2, "lost": 1}
    assert sum(row[8] for row in rows) == (75 + 300) * SECOND
    assert sum(row[9] for row in rows) == 1
    assert [row[11] for row in rows if row[11]] == [["ended_missing"]] * 2  # the restart took them
    follow()
    found = contacts()
    # One answered call was at a line of nobody.
    assert len(found) == 17
    assert {row.state for row in found} == {"wrap_up"}
    held = Counter(row.operator_id for row in found)
    assert held == {line.operator.post: 8, line.colleague.post: 9}
    with as_owner():
        longest = Call.objects.exclude(talk=None).order_by("-talk").first()
        assert longest is not None
        assert longest.contact is not None
        assert longest.conference
        assert longest.contact.taken_at == longest.answered_at
        assert longest.contact.ended_at == longest.ended_at
        assert Call.objects.filter(repeat=True).count() == 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_day_told_in_another_order_in_pieces_and_twice_is_the_same_day(exchange: System, seed: int) -> None:
    events = day()
    tell(exchange, events)
    whole = reckoned()
    with as_owner():
        CallEvent.objects.all().delete()
        Call.objects.all().delete()
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    again = [*events, *chance.sample(events, 40)]
    chance.shuffle(again)
    # A restart tells of what stands before it, so it comes last here, as a message that was stuck does.
    again.sort(key=lambda one: one["kind"] == "restarted")
    for place in range(0, len(again), 7):
        tell(exchange, again[place : place + 7])
    assert reckoned() == whole
    with as_owner():
        kept = CallEvent.objects.exclude(kind="lost").values_list("call__external", "name")
        assert len(kept) == len({(one["call"], one["id"]) for one in events if one["kind"] != "restarted"})


def test_what_was_taken_is_said_and_what_came_before_too(exchange: System) -> None:
    first, second = event("offered"), event("queued", 2)
    assert tell(exchange, [first]) == {"taken": 1, "again": 0}
    assert tell(exchange, [first, second]) == {"taken": 1, "again": 1}
    assert tell(exchange, [second, second]) == {"taken": 0, "again": 2}


def test_an_answered_call_is_an_open_contact_of_who_sits_at_the_line(exchange: System, line: Line) -> None:
    tell(exchange, [event("offered"), event("answered", 12, extension="201")])
    follow()
    (found,) = contacts()
    assert (found.state, found.channel, found.operator_id) == ("open", "telephone", line.operator.post)
    with as_owner():
        row = Call.objects.get()
        assert row.answered_at is not None
        assert (found.began_at, found.taken_at, found.first_reply_at) == (
            row.began_at,
            row.answered_at,
            row.answered_at,
        )
        assert row.wait == 12 * SECOND
    tell(exchange, [event("transferred", 40, extension="202")])
    follow()
    assert [row.operator_id for row in contacts()] == [line.colleague.post]
    tell(exchange, [event("ended", 90, by="caller")])
    follow()
    follow()
    (over,) = contacts()
    assert (over.state, (over.ended_at or LONG_AGO) - (over.taken_at or LONG_AGO)) == ("wrap_up", timedelta(seconds=78))
    with as_owner():
        verbs = list(
            Act.objects.filter(stream_key=str(found.dossier_id)).order_by("seq").values_list("verb", flat=True)
        )
    assert verbs == ["begin_contact", "take_contact", "time_contact", "transfer_contact", "end_contact", "time_contact"]


def test_a_line_counts_as_it_was_when_the_call_was_answered(exchange: System, line: Line) -> None:
    actions.give_line(actor=line.supervisor.enter(), number="201", post=line.colleague.post, now=datetime.now(UTC))
    tell(exchange, [event("offered"), event("answered", 12, extension="201")])
    follow()
    assert [row.operator_id for row in contacts()] == [line.operator.post]


def test_an_exchange_whose_clock_differs_is_set_right(exchange: System) -> None:
    wrong = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=93)
    tell(exchange, [event("offered", at=wrong), event("answered", 10, at=wrong, extension="201")], clock_off=93)
    with as_owner():
        row = Call.objects.get()
    assert abs(row.began_at - (wrong + timedelta(seconds=93))) <= timedelta(seconds=1)
    assert row.wait == 10 * SECOND
    answer = exchange.post(EVENTS, {"sent_at": LONG_AGO.isoformat(), "events": [event("ended", 99)]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["place"] == "#/sent_at"
    with as_owner():
        assert CallEvent.objects.count() == 2


def test_a_call_that_is_never_ended_is_given_up_and_its_late_end_still_counts(exchange: System) -> None:
    tell(exchange, [event("offered"), event("answered", 12, extension="201")])
    follow()
    soon = datetime.now(UTC) + timedelta(hours=3, minutes=59)
    assert actions.lose_silent(actor=clock(), now=soon) == 0
    assert actions.lose_silent(actor=clock(), now=soon + timedelta(minutes=2)) == 1
    with as_owner():
        assert (Call.objects.get().state, Call.objects.get().talk) == ("over", None)
    follow()
    assert [row.state for row in contacts()] == ["wrap_up"]
    tell(exchange, [event("ended", 312, by="operator")])
    follow()
    with as_owner():
        assert (Call.objects.get().talk, Call.objects.get().gaps) == (300 * SECOND, [])
    assert contacts()[0].ended_at == Call.objects.get().ended_at


def test_a_restart_ends_what_went_on_and_not_what_goes_on(exchange: System) -> None:
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
    tell(exchange, [event("offered", at=now, call="old"), event("answered", 5, at=now, call="old", extension="201")])
    tell(exchange, [event("offered", 60, at=now, call="new")])
    restart = {"id": "r1", "kind": "restarted", "at": (now + timedelta(seconds=30)).isoformat()}
    tell(exchange, [restart])
    tell(exchange, [restart])
    assert {call: row[0] for call, row in reckoned().items()} == {"old": "over", "new": "waiting"}
    tell(exchange, [event("held", 40, at=now, call="old", extension="201")])
    assert reckoned()["old"][0] == "held"  # it went on after all


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"kind": "hung"}, "kind"),
        ({"kind": "lost"}, "kind"),
        ({"call": ""}, "call"),
        ({"id": ""}, "id"),
        ({"id": "a b"}, "id"),
        ({"at": "2026-03-03T08:00:00"}, "at"),
        ({"at": "yesterday"}, "at"),
        ({"extension": "201; rm"}, "extension"),
        ({"by": "nobody"}, "by"),
        ({"caller": "7" * 33}, "caller"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_taken(
    exchange: System, said: dict[str, Any], place: str
) -> None:
    body = {"sent_at": domain_now().isoformat(), "events": [event("offered"), event("queued", 2) | said]}
    answer = exchange.post(EVENTS, body)
    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == [f"#/events/1/{place}"]
    with as_owner():
        assert Call.objects.count() == 0


def test_a_field_that_nobody_knows_is_refused_without_saying_it_again(exchange: System) -> None:
    body = {"sent_at": domain_now().isoformat(), "events": [event("offered") | {"telephone": CALLER}]}
    answer = exchange.post(EVENTS, body)
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == ["unknown_field"]
    assert CALLER not in answer.content.decode()


def test_only_the_exchange_of_the_helpline_tells_of_its_calls(line: Line) -> None:
    others = [exchange_of(line, scopes=["signals:write"])]
    with cast.building():
        clinic = cast.make_unit("clinic", cast.DISTRICT, "health_care")
        others.append(make_system(clinic.pk, "health_care", scopes=["helpline:calls"]))
    for other in others:
        tell(other, [event("offered")], status=403)
    with as_owner():
        assert Call.objects.count() == 0


def test_two_exchanges_may_number_their_calls_alike(exchange: System, line: Line) -> None:
    second = exchange_of(line)
    tell(exchange, [event("offered"), event("answered", 12, extension="201")])
    tell(second, [event("offered"), event("abandoned", 5)])
    with as_owner():
        assert sorted(Call.objects.values_list("outcome", flat=True)) == ["abandoned", "answered"]


def test_nobody_but_system_work_reads_calls(exchange: System, line: Line) -> None:
    tell(exchange, [event("offered", caller=CALLER), event("abandoned", 30, caller=CALLER, call_back_wished=True)])
    for who in (line.operator, line.supervisor, line.above, line.elsewhere):
        who.enter()
        assert (Call.objects.count(), CallEvent.objects.count(), CallNumber.objects.count()) == (0, 0, 0)
    exchange_of(line).enter()
    assert Call.objects.count() == 0
