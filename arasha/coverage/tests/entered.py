"""Who enters infrastructure in these tests, and what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from arasha.coverage import actions
from arasha.coverage.rules import CommitmentSaid, StepSaid
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services.tests.directory import DISTRICT, acting

NOW = datetime.now(UTC)
TODAY = cast.day_of(NOW)
SCHOOLS = CommitmentSaid(
    kind="school",
    what="Three schools",
    territory=DISTRICT,
    count=3,
    promised_by="Ministry of Education",
    document="Order 1, page 2",
    promised_on=TODAY - timedelta(days=90),
    due_on=TODAY - timedelta(days=1),
    programme="comfortable_schools",
)
OPENED = StepSaid("opened", TODAY, "Act of acceptance 5", count=1)


def person(function: str, place: str) -> Person:
    """Make somebody of a unit with this function in this territory."""
    with cast.building():
        return cast.make_person(cast.make_unit(f"{function} {place}", function, place=place))


def promised(who: Person, ticket: UUID | None = None, **changes: object) -> UUID:
    """Enter a commitment."""
    said = replace(SCHOOLS, **changes)  # type: ignore[arg-type]
    with acting(who) as actor:
        return actions.add_commitment(actor=actor, ticket=ticket or uuid4(), said=said, now=datetime.now(UTC))


def stepped(who: Person, commitment: UUID, said: StepSaid = OPENED, ticket: UUID | None = None) -> UUID:
    """Add a step."""
    with acting(who) as actor:
        return actions.add_step(
            actor=actor, ticket=ticket or uuid4(), commitment=commitment, said=said, now=datetime.now(UTC)
        )
