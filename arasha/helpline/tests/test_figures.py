"""Figures of the helpline: counted by hand, protected outside, and there for nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.helpline import actions, policy, queries
from arasha.helpline.models import Call, Contact
from arasha.helpline.rules.periods import Month, Period
from arasha.helpline.tests.line import Line
from arasha.helpline.tests.recorded import exchange_of
from arasha.kernel.access.models import Dossier
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import Person
from tests.database import as_owner

pytestmark = pytest.mark.django_db
MARCH = Period(Month(2026, 3), Month(2026, 3))
SPRING = Period(Month(2026, 3), Month(2026, 5))
NOON = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
TURKISTAN = "610000000"


def put(line: Line, number: int, **values: Any) -> None:
    """Let so many contacts lie in the helpline's table, as they are written down."""
    unit = values.pop("unit", line.operator.unit)
    given: dict[str, Any] = {
        "channel": "chat",
        "state": "ended",
        "kind": "counselling",
        "began_at": NOON,
        "operator_id": line.operator.post,
    }
    given |= values
    with cast.building():
        for _ in range(number):
            dossier = Dossier.objects.create(
                id=uuid4(), kind="contact", territory_id=unit.territory_id, opened_at=NOON, opened_mark="test"
            )
            Contact.objects.create(id=uuid4(), dossier=dossier, unit=unit, **given)


def put_calls(line: Line, number: int, **values: Any) -> None:
    """Let so many calls lie there."""
    account = exchange_of(line).account
    given: dict[str, Any] = {"state": "over", "outcome": "answered", "began_at": NOON, "heard_at": NOON} | values
    with cast.building():
        Call.objects.bulk_create(
            [Call(unit=line.operator.unit, account_id=account, external=uuid4().hex, **given) for _ in range(number)]
        )


@pytest.fixture
def national(line: Line) -> Person:
    """Somebody of the nation's coordination."""
    with cast.building():
        return cast.seat(cast.make_unit("ministry", cast.NATION, "coordination_nation"))


def test_a_month_is_counted_by_everything_it_is_told_apart_by(line: Line) -> None:
    replied = {
        "taken_at": NOON,
        "first_reply_at": NOON + timedelta(seconds=30),
        "logged_at": NOON + timedelta(minutes=9),
    }
    put(line, 3, sex="girl", age="10_12", reason="physical", region_id=TURKISTAN, referred=["police"], **replied)
    put(line, 2, sex="boy", channel="sms", first_reply_at=NOON + timedelta(seconds=90))
    put(line, 1, kind="abandoned")
    put(line, 4, began_at=NOON - timedelta(days=40))
    found = queries.figures(line.supervisor.enter(), MARCH)
    assert found.inside
    total = found.total
    assert (total.contacts, total.answered, total.referred, total.signals, total.handled) == (6, 5, 3, 0, 540)
    counts = {what: {code: one.contacts for code, one in rows.items()} for what, rows in found.by.items()}
    assert counts == {
        "month": {"2026-03": 6},
        "channel": {"chat": 4, "sms": 2},
        "kind": {"counselling": 5, "abandoned": 1},
        "reason": {"physical": 3, "": 3},
        "sex": {"girl": 3, "boy": 2, "unknown": 1},
        "age": {"10_12": 3, "unknown": 3},
        "region": {TURKISTAN: 3, "": 3},
    }
    assert (found.by["channel"]["sms"].reply_median, found.by["channel"]["chat"].reply_ninetieth) == (90, 30)


def test_a_month_begins_at_midnight_in_kazakhstan(line: Line) -> None:
    put(line, 1, began_at=datetime(2026, 2, 28, 18, 59, 59, tzinfo=UTC))
    put(line, 2, began_at=datetime(2026, 2, 28, 19, 0, tzinfo=UTC))
    put(line, 3, began_at=datetime(2026, 3, 31, 18, 59, 59, tzinfo=UTC))
    put(line, 4, began_at=datetime(2026, 3, 31, 19, 0, tzinfo=UTC))
    assert queries.figures(line.supervisor.enter(), MARCH).total.contacts == 5
    by = queries.figures(line.supervisor.enter(), SPRING).by["month"]
    assert {code: one.contacts for code, one in by.items()} == {"2026-03": 5, "2026-04": 4}


def test_calls_are_counted_with_their_waits(line: Line) -> None:
    for wait in (5, 15, 25, 35, 100):
        put_calls(line, 1, wait=wait * 1000, talk=60_000, held=6_000, repeat=wait == 5)
    put_calls(line, 3, outcome="abandoned", wait=9_000)
    put_calls(line, 1, outcome="missed")
    put_calls(line, 1, outcome="", state="waiting")
    calls = queries.figures(line.supervisor.enter(), MARCH).calls
    assert calls is not None
    assert (calls.offered, calls.answered, calls.abandoned, calls.missed) == (9, 5, 3, 1)
    assert (calls.waited, calls.in_20, calls.in_30, calls.wait_median, calls.wait_ninetieth) == (5, 2, 3, 25, 74)
    assert (calls.talk_mean, calls.held_mean, calls.known, calls.repeated) == (60, 6, 5, 1)


def test_one_region_has_its_contacts_and_no_calls(line: Line) -> None:
    put(line, 2, region_id=TURKISTAN)
    put(line, 1, region_id="750000000")
    put_calls(line, 1)
    found = queries.figures(line.supervisor.enter(), MARCH, TURKISTAN)
    assert (found.total.contacts, found.calls) == (2, None)


def test_the_helpline_above_sees_its_lines_below_and_no_other_does(line: Line) -> None:
    put(line, 2)
    put(line, 3, unit=line.elsewhere.unit, operator_id=line.elsewhere.post)
    assert queries.figures(line.above.enter(), MARCH).total.contacts == 2
    for who in (line.operator, line.elsewhere, line.district.coordinator):
        with pytest.raises(policy.NotAllowed):
            queries.figures(who.enter(), MARCH)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM helpline.contact_figures(%s, %s, '')", [MARCH.since, MARCH.until])
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM helpline.past_figures(%s, %s, '')", [MARCH.since.date(), MARCH.until.date()])


def test_outside_small_numbers_are_not_told_and_others_are_rounded(line: Line, national: Person) -> None:
    put(line, 12, sex="girl", first_reply_at=NOON + timedelta(seconds=33))
    put(line, 9, sex="boy")
    put_calls(line, 11, wait=12_000)
    put_calls(line, 9, outcome="abandoned")
    found = queries.figures(national.enter(), MARCH)
    assert not found.inside
    assert (found.total.contacts, found.total.answered, found.total.signals) == (20, 10, None)
    assert {code: one.contacts for code, one in found.by["sex"].items()} == {"girl": 10}
    assert found.by["channel"]["chat"].reply_median == 35
    assert found.calls is not None
    assert (found.calls.offered, found.calls.answered, found.calls.abandoned, found.calls.in_20) == (20, 10, None, 10)


@pytest.mark.parametrize("number", [0, 1, 9])
def test_outside_nothing_differs_between_none_and_nine(line: Line, national: Person, number: int) -> None:
    """A reader from outside who compares two worlds sees the same."""
    put(line, 14, sex="girl")
    before = queries.figures(national.enter(), MARCH)
    put(line, number, sex="boy", reason="physical", region_id=TURKISTAN, began_at=NOON + timedelta(days=40))
    later = Period(Month(2026, 4), Month(2026, 4))
    found = queries.figures(national.enter(), later)
    assert (found.total.contacts, dict(found.by)) == (None, {})
    assert queries.figures(national.enter(), MARCH) == before


def test_outside_a_period_is_whole_months(line: Line, national: Person) -> None:
    put(line, 20)
    national.enter()
    for since, until in (
        (MARCH.since + timedelta(days=1), MARCH.until),
        (MARCH.since, MARCH.until - timedelta(seconds=1)),
    ):
        for question in ("contact_figures(%s, %s, '')", "call_figures(%s, %s)"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM helpline.{question}", [since, until])


TABLE = "month,region,channel,count\n2025-10,Түркістан облысы,chat,1 200\n2025-10,610000000,телефон,7\n".encode()


def hand_in(who: Person, content: bytes = TABLE, *, dry_run: bool = False) -> actions.Handed:
    return actions.import_figures(
        actor=who.enter(), now=NOON, content=content, source="Yearly  report", dry_run=dry_run
    )


AUTUMN = Period(Month(2025, 9), Month(2025, 11))


def test_past_figures_stand_apart_with_who_handed_them_in(line: Line, national: Person) -> None:
    assert not hand_in(line.supervisor, dry_run=True).written
    assert queries.figures(line.supervisor.enter(), AUTUMN).past == []
    first = hand_in(line.supervisor)
    assert (first.rows, first.contacts, first.version, first.replaces, first.written) == (2, 1207, 1, 0, True)
    found = queries.figures(line.supervisor.enter(), AUTUMN)
    assert found.total.contacts == 0
    (past,) = found.past
    assert (past.edition.source, past.edition.imported_by_id) == ("Yearly report", line.supervisor.user)
    assert past.figures["channel"] == {"chat": 1200, "telephone": 7}
    assert past.figures["region"] == {"610000000": 1207}
    (outside,) = queries.figures(national.enter(), AUTUMN).past
    assert outside.figures["channel"] == {"chat": 1200, "telephone": None}


def test_a_newer_table_of_the_source_replaces_it_and_the_older_stays_readable(line: Line) -> None:
    hand_in(line.supervisor)
    assert hand_in(line.supervisor).same
    second = hand_in(line.supervisor, TABLE.replace(b"1 200", b"1 300"))
    assert (second.version, second.replaces) == (2, 1)
    (past,) = queries.figures(line.supervisor.enter(), AUTUMN).past
    assert past.figures["channel"]["chat"] == 1300
    listed = [(row.version, row.replaced_at is None) for row, _by in queries.editions(line.supervisor.enter())]
    assert sorted(listed) == [(1, False), (2, True)]


def test_only_who_watches_over_the_helpline_hands_in_its_past(line: Line, national: Person) -> None:
    for who in (line.operator, line.elsewhere, line.district.coordinator, national):
        with pytest.raises(policy.NotAllowed):
            hand_in(who)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM helpline_pastfigure")
        assert cursor.fetchone() == (0,)


def test_rows_of_an_edition_are_read_counted_or_not_at_all(line: Line) -> None:
    hand_in(line.supervisor)
    line.supervisor.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM helpline_pastfigure")


def test_a_line_is_given_and_ended_by_who_watches_over_it(line: Line) -> None:
    given = actions.give_line(actor=line.supervisor.enter(), number="201", post=line.operator.post, now=NOON)
    again = actions.give_line(actor=line.supervisor.enter(), number="201", post=line.operator.post, now=NOON)
    assert again.pk == given.pk
    later = NOON + timedelta(days=1)
    moved = actions.give_line(actor=line.above.enter(), number="201", post=line.colleague.post, now=later)
    assert [(row.row.number, row.row.post_id) for row in queries.lines(line.supervisor.enter())] == [
        ("201", line.colleague.post)
    ]
    for who in (line.operator, line.elsewhere, line.district.coordinator):
        with pytest.raises(policy.NotAllowed):
            actions.give_line(actor=who.enter(), number="202", post=line.operator.post, now=NOON)
        with pytest.raises(policy.NotAllowed):
            actions.end_line(actor=who.enter(), line=moved.pk, now=later)
        assert queries.lines(who.enter()) == []
    with pytest.raises(actions.NoSuchPost):
        actions.give_line(actor=line.supervisor.enter(), number="203", post=line.elsewhere.post, now=NOON)
    with pytest.raises(actions.LineWrong):
        actions.give_line(actor=line.supervisor.enter(), number="20 3", post=line.operator.post, now=NOON)
    actions.end_line(actor=line.supervisor.enter(), line=moved.pk, now=later)
    with pytest.raises(actions.LineNotThere):
        actions.end_line(actor=line.supervisor.enter(), line=moved.pk, now=later)
    assert queries.lines(line.supervisor.enter()) == []


def test_calls_at_lines_of_nobody_are_named_to_the_supervisor(line: Line) -> None:
    put_calls(line, 3, extension="299")
    put_calls(line, 1, extension="201")
    actions.give_line(actor=line.supervisor.enter(), number="201", post=line.operator.post, now=NOON)
    (strange,) = queries.strange_lines(line.supervisor.enter(), NOON + timedelta(days=1))
    assert (strange.number, strange.calls) == ("299", 3)
    assert queries.strange_lines(line.operator.enter(), NOON) == []
