"""What the tests of noticing share: a register, facts in files, and the clock's run."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from arasha.cases.actions import open_case
from arasha.kernel.access.actions import TeamMember, add_member, enter_system, grant_facet, open_dossier
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.people.actions import keep_attendance, note_absence, register
from arasha.people.models import Person as Known
from arasha.people.models import PersonIdentity
from arasha.people.rules import Described, Name, birth_said
from arasha.signals import actions, rules
from arasha.signals.models import Noticed, Signal
from tests.database import as_owner

TODAY = date(2026, 11, 23)
FAR = NOW + timedelta(days=1)
LONG = datetime(2099, 1, 1, tzinfo=UTC)


def girl(given: str = "Аяру", year: int = 2012) -> Described:
    """Return a made-up girl."""
    return Described(name=Name("Нұрғалиева", given), birth=birth_said(year=year, month=3, day=14, on=TODAY), sex="girl")


def register_of(who: Person, child: Described, schools: list[tuple[str, date]], *, kind: str = "register") -> Known:
    """Open a register that a unit leads, with one child and the schools that it lists."""
    actor, dossier = who.enter(), uuid.uuid4()
    with act(verb="open_register", stream=dossier_stream(dossier), now=NOW):
        lead = TeamMember("lead", unit_id=who.unit.pk)
        open_dossier(dossier=dossier, kind=kind, territory=DISTRICT, members=[lead], now=NOW)
    person = register(actor=actor, dossier=dossier, role="child", described=child, now=NOW)
    went_to(who, person, schools)
    cast.end_opening(dossier)
    return person


def went_to(who: Person, person: Known, schools: list[tuple[str, date]]) -> None:
    """Write down to which schools a child went from which days on."""
    actor = who.enter()
    for called, since in schools:
        keep_attendance(actor=actor, person=person.pk, kind="school", called=called, since=since, now=NOW)


def was_away(who: Person, person: Known, since: date, until: date | None, kind: str = "unexcused") -> None:
    """Write down that a child was away from school."""
    note_absence(actor=who.enter(), person=person.pk, kind=kind, since=since, until=until, now=NOW)


def case_child(who: Person, clerk: Person, child: Described | None = None) -> Known:
    """Open a case that a unit leads, with the unit that writes down the child's schooling; return the child."""
    actor = who.enter()
    dossier = cast.open_file()
    case = open_case(actor=actor, signal_dossier=dossier, territory=DISTRICT, child=child or girl(), now=NOW)
    with cast.building():
        add_member(dossier=case.dossier_id, member=TeamMember("obliged", unit_id=clerk.unit.pk))
    cast.end_opening(case.dossier_id)
    return child_in(case.dossier_id)


def one_child(one: Known, other: Known) -> None:
    """Let two rows be one human being, past those who act."""
    with cast.building():
        mine = PersonIdentity.objects.get(person=one)
        PersonIdentity.objects.filter(person=other).update(identity=mine.identity)


def told_of_injuries(who: Person, at: datetime, **more: Any) -> Signal:
    """Let somebody report injuries of the girl."""
    report = rules.Report(
        door=rules.door_for(who.enter().functions),
        territory=DISTRICT,
        concerns=["physical"],
        safe_now="unknown",
        suspect_has_access="unknown",
        child_called="Нұрғалиева Аяру",
        child_age=14,
        child_sex="girl",
        injuries=[rules.Injury("front_chest", "bruise")],
        **more,
    )
    signal = actions.report_signal(actor=who.enter(), report=report, now=at)
    cast.end_opening(signal.dossier_id)
    return signal


def child_in(dossier: UUID) -> Known:
    """Return the child of a file, past row security."""
    with as_owner():
        return Known.objects.get(dossier=dossier, role="child")


def granted(who: Person, dossier: UUID, unit: int) -> None:
    """Grant a unit reproductive health of a file, as its lead does."""
    who.enter()
    with act(verb="grant_facet", stream=dossier_stream(dossier), now=NOW):
        grant_facet(dossier=dossier, unit_id=unit, facet=Facet.REPRODUCTIVE, until=LONG, reason="care", writes=True)


def night(now: datetime = NOW) -> actions.Night:
    """Let the clock evaluate the rules once."""
    return actions.notice(actor=enter_system("notice"), now=now)


def rows() -> list[Noticed]:
    """Return everything that was noticed, past row security, the oldest first."""
    with as_owner():
        return list(Noticed.objects.order_by("at", "id"))
