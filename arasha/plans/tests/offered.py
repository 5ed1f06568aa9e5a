"""Services that children of the district's tests may be sent to: entered by coordination, as keepers do."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, REGION, Person
from arasha.plans import actions
from arasha.plans.models import ServicePlace
from arasha.plans.rules.places import StepSaid
from arasha.plans.tests.district import Team
from arasha.services import actions as directory
from arasha.services.models import Provider
from arasha.services.rules import OfferingSaid, ProviderSaid, RoomWords, SiteSaid

COUNSELLING = OfferingSaid(
    service="psychological_support",
    level="secondary",
    age_from=0,
    age_to=17,
    languages=["kk"],
    needs=["family_conflict"],
    served=[DISTRICT],
    cost="free",
)
SHELTER = OfferingSaid(
    service="emergency_shelter",
    level="tertiary",
    with_parent="yes",
    son_to=12,
    needs=["safe_place"],
    served=[REGION],
    cost="free",
)


def offering(
    keeper: Person, name: str, said: OfferingSaid = COUNSELLING, *, funded_until: date | None = None, **more: Any
) -> UUID:
    """Enter a provider of the district with one site and one offering."""
    given = {"kind": "ngo", "ownership": "ngo", "territory": DISTRICT, "funded_until": funded_until} | more
    return _entered(
        keeper, ProviderSaid(name_kk=name, **given), SiteSaid(territory=DISTRICT, phone="+77253721122"), said
    )


def refuge(keeper: Person, name: str = "Үміт", said: OfferingSaid = SHELTER, *, until: date | None = None) -> UUID:
    """Enter a crisis centre of the region: nobody but who keeps it knows whose it is."""
    provider = ProviderSaid(name_kk=name, kind="crisis_centre", ownership="ngo", territory=REGION, funded_until=until)
    return _entered(keeper, provider, SiteSaid(protected=True, territory=REGION, phone="+77252500001"), said)


def _entered(keeper: Person, provider: ProviderSaid, site: SiteSaid, said: OfferingSaid) -> UUID:
    provider_id = directory.add_provider(actor=keeper.enter(), said=provider, now=NOW)
    site_id = directory.add_site(actor=keeper.enter(), provider_id=provider_id, said=site, now=NOW)
    return directory.add_offering(actor=keeper.enter(), site_id=site_id, said=said, now=NOW)


def room(keeper: Person, offered: UUID, places: int, free: int | None = None) -> None:
    """Say how much room there is."""
    said = RoomWords(places=places, free=free)
    directory.say_room(actor=keeper.enter(), offering_id=offered, said=said, now=NOW)


def works_for(person: Person, offered: UUID) -> None:
    """Let somebody's unit be one of the body that gives the service."""
    with cast.building():
        body = Provider.objects.get(sites__offerings=offered).body
        type(person.unit).objects.filter(pk=person.unit.pk).update(body=body)


def ask(team: Team, offered: UUID, *, urgency: str = "ordinary", by: Person | None = None, **more: Any) -> ServicePlace:
    """Ask a place for the team's child."""
    named = {name: more.pop(name) for name in ("why", "after", "words") if name in more}
    if urgency != "ordinary":
        named.setdefault("why", "not_safe")
    asking = actions.Asking(offering=offered, urgency=urgency, **named)
    given = {"now": NOW} | more
    return actions.ask_place(actor=(by or team.lead).enter(), dossier=team.dossier, asking=asking, **given)


SAID: dict[str, StepSaid] = {
    "wait": StepSaid(step="wait", urgency="ordinary", said_by="telephone"),
    "book": StepSaid(step="book", on=date(2026, 11, 24), said_by="telephone"),
    "miss": StepSaid(step="miss", on=date(2026, 11, 23), reason="not_brought", done="rang_safe_adult"),
    "begin": StepSaid(step="begin", on=date(2026, 11, 23), said_by="telephone"),
    "end": StepSaid(step="end", on=date(2026, 11, 23), result="helped"),
    "refuse": StepSaid(step="refuse", reason="no_room", said_by="telephone"),
    "withdraw": StepSaid(step="withdraw", reason="not_needed"),
}


def step(
    row: ServicePlace, who: Person, code: str, *, now: Any = NOW, seen: int | None = None, **more: Any
) -> ServicePlace:
    """Record a step of a place as somebody, with ordinary answers unless others are given."""
    who.enter()
    number = ServicePlace.objects.get(pk=row.pk).steps if seen is None else seen
    said = replace(SAID[code], **{name: more.pop(name) for name in list(more) if name in StepSaid.__dataclass_fields__})
    return actions.record_step(actor=who.enter(), place=row.pk, said=said, seen=number, now=now, **more)


def stands(row: ServicePlace, who: Person) -> ServicePlace:
    """Read a place anew, as somebody."""
    who.enter()
    return ServicePlace.objects.get(pk=row.pk)
