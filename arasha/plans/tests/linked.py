"""A service without an account, a referral to it, and whoever answers over the link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from arasha.kernel.access.actions import system
from arasha.kernel.access.tests.cast import leave
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions
from arasha.plans.models import Referral
from arasha.plans.queries import outside_link as links
from arasha.plans.rules.outside_link import Answer
from arasha.plans.rules.referral import Sending
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import offering
from tests.database import as_role

SENT = {
    "urgency": "week",
    "why": "worse",
    "purpose": "psychological",
    "consent": "child_and_adult",
    "words": "Ұйықтай алмайды, әңгімелесу керек",
}


@dataclass(frozen=True)
class Holder:
    """Whoever holds a link and its code."""

    token: str
    code: str

    def open(self, code: str = "", *, first: bool = True) -> links.OutsideOpened | None:
        """Try the code, as the public's process."""
        leave()
        lock = links.lock_of(self.token, code or self.code)
        with as_role("arasha_public"):
            return links.open_outside(lock, first=first) if lock is not None else None

    def say(self, what: str, *, letter: UUID | None = None, now: datetime = NOW, **said: Any) -> None:
        """Answer, as the public's process."""
        opened = self.open(first=False)
        if opened is None:
            raise actions.NotTaken
        answer = Answer(what=what, **{"name": "Айгүл Сейітова"} | said)
        leave()
        with as_role("arasha_public"):
            actions.post_outside(actor=None, opened=opened, said=answer, letter=letter or uuid4(), now=now)


def refer(team: Team, offered: UUID | None = None, *, now: datetime = NOW, **changes: Any) -> Referral:
    """Refer the team's child to a service without an account."""
    to = offered or offering(team.lead, "Айналайын қоры")
    sending = Sending(offering=to, unit=None, **SENT | changes)
    return actions.send_referral(actor=team.lead.enter(), dossier=team.dossier, sending=sending, now=now)


def link(team: Team, row: Referral, *, now: datetime = NOW, link_id: UUID | None = None, **said: Any) -> Holder:
    """Let the sender make a link."""
    made = actions.make_outside_link(
        actor=team.lead.enter(), referral=row.pk, said=actions.LinkSaid(**said), now=now, link_id=link_id
    )
    return Holder(made.token, made.code)


def take(now: datetime = NOW) -> int:
    """Let the clock take in what came over links."""
    with system("watch_places") as actor:
        return actions.take_outside(actor=actor, now=now)


def sweep(now: datetime) -> int:
    """Let the clock end links that are over."""
    with system("watch_places") as actor:
        return actions.end_old_links(actor=actor, now=now)
