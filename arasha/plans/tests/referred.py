"""Services of the district with people in Arasha, to which the team's child may be referred."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from arasha.kernel.access.models import Member
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.plans import actions
from arasha.plans.models import Referral
from arasha.plans.rules.referral import Sending
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import offering, step, works_for
from tests.database import as_owner


@dataclass(frozen=True)
class Service:
    """One provider: its offering in the directory, and who sits there."""

    offered: UUID
    worker: Person


def service(team: Team, name: str, *functions: str, **more: Any) -> Service:
    """Enter a provider with a unit of its own and somebody in it."""
    offered = offering(team.lead, name, **more)
    with cast.building():
        worker = cast.seat(cast.make_unit(name, DISTRICT, *(functions or ("family_support",))))
    works_for(worker, offered)
    return Service(offered, worker)


def sending(to: Service, **changes: Any) -> Sending:
    """Return what is sent as a rule: for psychological help, with everybody's consent."""
    given: dict[str, Any] = {
        "offering": to.offered,
        "unit": to.worker.unit.pk,
        "urgency": "ordinary",
        "purpose": "psychological",
        "consent": "child_and_adult",
        "words": "Ұйықтай алмайды, әңгімелесу керек",
    }
    return Sending(**given | changes)


def send(team: Team, to: Service, *, by: Person | None = None, now: datetime = NOW, **changes: Any) -> Referral:
    """Refer the team's child."""
    more = {name: changes.pop(name) for name in ("referral_id",) if name in changes}
    actor = (by or team.lead).enter()
    return actions.send_referral(actor=actor, dossier=team.dossier, sending=sending(to, **changes), now=now, **more)


def take(row: Referral, who: Person, code: str, **more: Any) -> None:
    """Take a step of a referral's place as somebody."""
    who.enter()
    step(row.place, who, code, **({"said_by": "own"} if code in {"wait", "book", "begin", "refuse"} else {}) | more)


def stands(row: Referral) -> Referral:
    """Read a referral anew, with its place and duties, past every right."""
    with as_owner():
        return Referral.objects.select_related("place", "duty", "back").get(pk=row.pk)


def parts(team: Team, who: Person) -> list[Member]:
    """Return the parts that somebody's unit has in the file now."""
    with as_owner():
        return list(Member.objects.filter(dossier=team.dossier, unit=who.unit, ended_at=None))
