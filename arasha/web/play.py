"""One made-up child's days in the demonstration: who acts, where, and what came of it. A room of `web` alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.services import actions as directory
from arasha.services.rules import OfferingSaid, ProviderSaid, SiteSaid
from arasha.web.actions import Seat
from arasha.web.stage import Stage

LEADS = "coordinator"


@dataclass
class Play:
    """One child's days: the stage, who sits where, and what the deeds found and made."""

    stage: Stage
    by_login: Mapping[str, Seat]
    place: str
    dossier: UUID | None = None
    services: dict[str, tuple[UUID, int]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    def acting(self, login: str = LEADS) -> Actor:
        """Act as somebody until the transaction ends."""
        return self.stage.acting(self.by_login[login])

    def unit(self, login: str) -> int:
        """Return the unit of somebody."""
        return self.by_login[login].unit_id

    @property
    def file(self) -> UUID:
        """The child's file; it must have been opened."""
        if self.dossier is None:
            raise LookupError("nobody told of this child yet")
        return self.dossier


def enter_service(play: Play, login: str, name: str, needs: Sequence[str]) -> None:
    """Enter what somebody's body offers, as the district's keeper of the directory."""
    with system("demonstration"):
        body = Unit.objects.get(pk=play.unit(login)).body_id
    actor, now = play.acting(), domain_now()
    said = ProviderSaid(name_kk=name, kind="ngo", ownership="ngo", territory=play.place)
    provider = directory.add_provider(actor=actor, said=said, now=now, body_id=body)
    where = SiteSaid(territory=play.place, phone="+77253721122", name_kk=name)
    site = directory.add_site(actor=actor, provider_id=provider, said=where, now=now)
    given: dict[str, Any] = {"service": "psychological_support", "level": "secondary", "age_from": 0, "age_to": 17}
    given |= {"languages": ["kk"], "needs": list(needs), "served": [play.place], "cost": "free"}
    offered = directory.add_offering(actor=actor, site_id=site, said=OfferingSaid(**given), now=now)
    play.services[name] = (offered, play.unit(login))
