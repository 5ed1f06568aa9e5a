"""A guardianship with a head and three workers, and cases that one of them answers for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from arasha.cases.models import Case
from arasha.kernel.access.actions import TeamMember, enter_system, open_dossier
from arasha.kernel.access.models import Bar, Post
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District, Person
from arasha.workforce import actions
from arasha.workforce.models import Leave
from arasha.workforce.rules import LeaveSaid
from tests.database import as_owner

# A Friday, 15:00 in Kazakhstan.
FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=cast.NOW.tzinfo)
TODAY = FRIDAY.date()


@dataclass(frozen=True)
class Office:
    """The unit's people; `stranger` works for another unit."""

    district: District
    head: Person
    worker: Person
    colleague: Person
    third: Person

    @property
    def stranger(self) -> Person:
        """Somebody of another district."""
        return self.district.neighbour

    def case(self, *, of: Person | None = None, at: datetime = FRIDAY - timedelta(days=60), **more: Any) -> UUID:
        """Put down an open case that a worker answers for; return its file."""
        who = of or self.worker
        who.enter()
        dossier = uuid4()
        with act(verb="open_case", stream=dossier_stream(dossier), now=at):
            lead = TeamMember("lead", unit_id=who.unit.pk)
            open_dossier(dossier=dossier, kind="case", territory=DISTRICT, members=[lead], now=at)
            given: dict[str, Any] = {"number": f"TST-{uuid4().hex[:8]}", "child_called": "Аяру", "child_age": 9} | more
            Case.objects.create(
                dossier_id=dossier,
                opened_at=at,
                territory_id=DISTRICT,
                lead_unit=who.unit,
                lead_user_id=who.user,
                **given,
            )
        return dossier

    def plan(self, *, by: Person | None = None, first: int = 0, last: int = 10, **more: Any) -> Leave:
        """Plan a leave of the worker, the colleague standing in."""
        worker, stands_in = more.pop("worker", self.worker), more.pop("substitute", self.colleague)
        said = LeaveSaid(worker.user, stands_in.user, TODAY + timedelta(days=first), TODAY + timedelta(days=last))
        return actions.plan_leave(actor=(by or worker).enter(), said=said, now=FRIDAY, **more)

    def bar(self, who: Person, dossier: UUID) -> None:
        """Bar somebody from a file."""
        with cast.building():
            Bar.objects.create(dossier_id=dossier, user_id=who.user, since=cast.LONG_AGO, reason="suspect")


def make_office() -> Office:
    """Make the guardianship of a district with four people in it."""
    district = cast.make_district()
    with cast.building():
        unit = cast.make_unit("guardianship", DISTRICT, "guardianship")
        people = [cast.seat(unit) for _ in range(4)]
        Post.objects.filter(pk=people[0].post).update(rank="head")
    return Office(district, *people)


def has(dossier: UUID) -> int | None:
    """Return who answers for the case of a file."""
    with as_owner():
        return Case.objects.get(dossier=dossier).lead_user_id


def clock() -> Actor:
    """Act as the clock's care for leads."""
    return enter_system("care")
