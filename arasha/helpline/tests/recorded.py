"""A recorded day of an exchange (composed, see docs/helpline.md), and how it is told to Arasha."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

from arasha.helpline import actions, queries, tasks
from arasha.helpline.models import Call, Contact, Extension
from arasha.helpline.rules import adapters
from arasha.helpline.tests.line import Line
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import Person
from tests.database import as_owner

DAY = Path(__file__).parent / "recordings" / "asterisk_day.txt"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
EVENTS = "/helpline/calls/events"
CALLER = "+77000000123"
AN_HOUR_AGO = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


def day() -> list[dict[str, Any]]:
    """Return the day's events as our document says them, in the order in which they were recorded."""
    table = adapters.adapter(adapters.ASTERISK.read_text(encoding="utf-8"))
    return list(table.mapped(adapters.manager_events(DAY.read_text(encoding="utf-8"))))


def exchange_of(line: Line, *, scopes: Sequence[str] = ("helpline:calls",)) -> System:
    """Make the account of the helpline's exchange."""
    with cast.building():
        return make_system(line.operator.unit.pk, "helpline", scopes=list(scopes))


def sit(who: Person, *numbers: str, since: datetime = LONG_AGO) -> None:
    """Give lines to a post, as they have long been."""
    with cast.building():
        for number in numbers:
            Extension.objects.create(id=uuid4(), unit=who.unit, number=number, post_id=who.post, since=since)


def clock() -> Actor:
    """Act as the worker that follows calls."""
    return enter_system(tasks.PURPOSE)


def tell(system: System, events: Sequence[dict[str, Any]], *, clock_off: float = 0, status: int = 200) -> Any:
    """Send events, as many at once as are taken, by a clock that may differ."""
    answer = None
    for some in chunks(events, 200):
        sent = database_now() - timedelta(seconds=clock_off)
        answer = system.post(EVENTS, {"sent_at": sent.isoformat(), "events": some})
        assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer is not None else None


def database_now() -> datetime:
    """Return the moment at which the test's transaction began: for the database all of a test is this moment."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT worktime.now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def chunks(events: Sequence[dict[str, Any]], size: int) -> Iterator[Sequence[dict[str, Any]]]:
    """Yield the events in pieces."""
    for place in range(0, len(events), size):
        yield events[place : place + size]


def event(
    kind: str, seconds: float = 0, *, call: str = "c1", at: datetime | None = None, **more: Any
) -> dict[str, Any]:
    """Return one event of a call that began an hour ago."""
    moment = (at or AN_HOUR_AGO) + timedelta(seconds=seconds)
    return {"id": f"{kind}{seconds}", "kind": kind, "call": call, "at": moment.isoformat()} | more


def reckoned() -> dict[str, tuple[Any, ...]]:
    """Return what is known of every call."""
    fields = (
        *("state", "outcome", "queue", "extension", "answered_by", "ended_by", "wait", "talk", "held"),
        *("transfers", "conference", "gaps", "began_at", "answered_at", "ended_at"),
    )
    with as_owner():
        return {
            row["external"]: tuple(row[name] for name in fields) for row in Call.objects.values("external", *fields)
        }


def follow() -> None:
    """Let the worker do what calls ask for."""
    for call in queries.due_calls(clock()):
        actions.follow_call(actor=clock(), call=call, now=datetime.now(UTC))


def contacts() -> list[Contact]:
    """Return every contact, in the order in which they began."""
    with as_owner():
        return list(Contact.objects.order_by("began_at"))
