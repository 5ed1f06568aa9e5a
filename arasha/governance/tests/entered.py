"""Who keeps pilots in these tests, who answers for them, and what is entered."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from arasha.governance import actions, policy, queries
from arasha.governance.rules import PilotSaid, Standing, StepSaid
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Unit
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services.tests.directory import DISTRICT, NEXT_DISTRICT, REGION, acting

NATION = "000000000"
NOW = datetime.now(UTC)
TODAY = cast.day_of(NOW)
DOCUMENT = "Order 4 of the akim"
EVALUATED = StepSaid(kind="evaluated", on=TODAY, said="It helps", document="Report 2", evaluator="University")
EXTENDED = StepSaid(
    kind="extended", on=TODAY, said="The budget is late", document="Order 7", until=TODAY + timedelta(days=300)
)
SCALED = StepSaid(kind="decided", on=TODAY, said="It helps", document="Order 9", decision="scale")
STOPPED = replace(SCALED, decision="stop", afterwards="The clinic goes on with the families")


@dataclass
class Keepers:
    """Coordination of a district, its region and the nation, each above the next; who answers; a neighbour; a nurse."""

    nation: Person
    region: Person
    district: Person
    neighbour: Person
    answers: Person
    nurse: Person

    @classmethod
    def made(cls) -> "Keepers":
        """Build them, as the owner."""
        with cast.building():
            nation = cast.make_unit("nation", "coordination_nation", place=NATION)
            region = cast.make_unit("region", "coordination_region", place=REGION, parent=nation)
            district = cast.make_unit("district", "coordination_district", parent=region)
            near = cast.make_unit("near", "coordination_district", place=NEXT_DISTRICT, parent=region)
            centre = cast.make_unit("centre", "family_support", parent=district)
            units: list[Unit] = [nation, region, district, near, centre, cast.make_unit("clinic", "health_care")]
            return cls(*(cast.make_person(unit) for unit in units))


def said(keepers: Keepers, **changes: object) -> PilotSaid:
    """Return a pilot of the district, for which the centre answers."""
    found = PilotSaid(
        title_kk="Үйге бару",
        title_ru="Помощь на дому",
        aim_kk="Үйдегі көмек пайдалы ма",
        territories=(DISTRICT,),
        unit=keepers.answers.unit_id,
        money="Облыс бюджеті",
        amount=12_000_000,
        first_day=TODAY - timedelta(days=300),
        children=120,
        serves="Кішкентай балалары бар отбасылар",
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def piloted(
    keepers: Keepers, *, by: Person | None = None, days: int = 30, ticket: UUID | None = None, **changes: object
) -> UUID:
    """Enter a pilot whose money ends in so many days."""
    until = TODAY + timedelta(days=days)
    with acting(by or keepers.district) as actor:
        return actions.add_pilot(
            actor=actor,
            ticket=ticket or uuid4(),
            said=said(keepers, **changes),
            until=until,
            document=DOCUMENT,
            now=datetime.now(UTC),
        )


def stepped(
    who: Person, pilot: UUID, step: StepSaid = EVALUATED, *, after: int | None = None, ticket: UUID | None = None
) -> UUID:
    """Add a step after the last one, or after that which an older page showed."""
    with acting(who) as actor:
        last = queries.line(actor, pilot, today=TODAY).stands.number if after is None else after
        return actions.add_step(
            actor=actor, ticket=ticket or uuid4(), pilot=pilot, after=last, said=step, now=datetime.now(UTC)
        )


def stands(who: Person, pilot: UUID, day: date = TODAY) -> Standing:
    """Return how a pilot stands for this reader."""
    with acting(who) as actor:
        return queries.line(actor, pilot, today=day).stands


def moved_to(day: date) -> int:
    """Let the clock do its work on the morning of a day; returns of how many pilots it told."""
    morning = datetime.combine(day, time(9), ZoneInfo("Asia/Almaty"))
    with system(policy.CLOCK) as actor:
        return actions.remind(actor=actor, now=morning)
