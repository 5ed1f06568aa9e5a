"""A district with services of others, children's files, and children who answer."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from arasha.cases.actions import open_case
from arasha.kernel.access.actions import TeamMember, system
from arasha.kernel.access.tests.cast import leave
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.participation import actions, rules
from arasha.people.rules import Described, birth_said, parted
from arasha.services import actions as directory
from arasha.services.rules import OfferingSaid, ProviderSaid, SiteSaid
from arasha.services.tests.directory import FAMILY_SUPPORT, HELP, HIDDEN, OFFICE, REFUGE, SHELTER
from tests.database import as_role

# When the half-year of NOW is over, and nobody may answer any more.
AFTER = NOW.replace(year=NOW.year + (NOW.month > 6), month=2 if NOW.month > 6 else 8, day=3)
GOOD = [1, 1, 1, 1, 1]


@dataclass(frozen=True)
class Stage:
    """The coordinator, the region's coordination, and who gives the service."""

    district: District
    coordinator: Person
    region: Person
    provider: Person
    offering: UUID
    second: UUID

    def file(self, *, age: int = 12, called: str = "Аяру") -> UUID:
        """Open a child's case."""
        self.coordinator.enter()
        signal = cast.open_file(TeamMember("lead", unit_id=self.coordinator.unit.pk))
        child = Described(name=parted(called), kind="said", sex="girl", birth=birth_said(age=age, on=NOW.date()))
        case = open_case(
            actor=self.coordinator.enter(), signal_dossier=signal, territory=DISTRICT, child=child, now=NOW
        )
        cast.end_opening(case.dossier_id)
        dossier: UUID = case.dossier_id
        return dossier

    def invited(self, dossier: UUID, offering: UUID, age: str = "child") -> str:
        """Invite the child of a file; returns the number."""
        number = rules.new_number()
        actions.invite(
            actor=self.coordinator.enter(),
            dossier=dossier,
            offering=offering,
            age=age,
            number=number,
            invitation=uuid4(),
            now=NOW,
        )
        return number


def answer(number: str, said: list[int] | None = None, words: str = "", help_asked: bool = False) -> None:
    """Answer as the child who holds a number."""
    leave()
    with as_role("arasha_public"):
        actions.hand_in(
            actor=None, number=number, said=said or GOOD, words=words, help_asked=help_asked, language="kk", now=NOW
        )


def work() -> None:
    """Let the worker open what came in."""
    with system("letters") as actor:
        actions.open_words(actor=actor, now=NOW)
        actions.raise_danger(actor=actor, now=NOW)


def close() -> None:
    """Let the clock end the half-year."""
    with system("letters") as actor:
        actions.close_periods(actor=actor, now=AFTER)


def entered(
    keeper: Person, body: int | None, site: SiteSaid, offering: OfferingSaid, provider: ProviderSaid = FAMILY_SUPPORT
) -> UUID:
    """Enter a provider with one offering."""
    actor = keeper.enter()
    provider_id = directory.add_provider(actor=actor, said=provider, body_id=body, now=NOW)
    site_id = directory.add_site(actor=actor, provider_id=provider_id, said=site, now=NOW)
    return directory.add_offering(actor=actor, site_id=site_id, said=offering, now=NOW)


def refuge(stage: Stage) -> UUID:
    """Enter a refuge of the region."""
    return entered(stage.region, None, HIDDEN, SHELTER, REFUGE)


def make_stage() -> Stage:
    """Make the cast and two services of the district."""
    district = cast.make_district()
    with cast.building():
        provider = cast.seat(cast.make_unit("centre", DISTRICT, "social_protection"))
    lead = district.coordinator
    offering = entered(lead, provider.unit.body_id, OFFICE, HELP)
    second = entered(lead, None, OFFICE, HELP)
    return Stage(district, lead, district.region, provider, offering, second)
