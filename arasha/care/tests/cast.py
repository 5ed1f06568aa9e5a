"""A case with its team, a centre that may not enter, guardianship and prosecution; somebody barred."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from arasha.care import actions
from arasha.care.models import Removal, Visit, VisitMade
from arasha.care.rules import PartSaid, VisitAsked, VisitSaid
from arasha.cases.actions import judge_safety
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Bar
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

WHY = "Терезелер жабық, иті бар. Көршісі білмесін"


@dataclass(frozen=True)
class House:
    """The team, a family support centre that is a partner, guardianship that is one too, a prosecutor, a barred one."""

    team: Team
    centre: Person
    guardian: Person
    prosecutor: Person
    barred: Person

    @property
    def dossier(self) -> UUID:
        """The file."""
        return self.team.dossier

    @property
    def inspector(self) -> Person:
        """The inspection of the district, on no file yet."""
        return self.team.district.inspector

    def ask(self, *, urgency: str = "today", by: Person | None = None, ticket: UUID | None = None) -> Visit:
        """Let the centre ask for a visit."""
        said = VisitAsked(urgency=urgency, words=WHY)
        actor = (by or self.centre).enter()
        return actions.ask_visit(actor=actor, dossier=self.dossier, said=said, now=NOW, ticket=ticket)

    def went(self, visit: Visit, by: Person, **more: Any) -> VisitMade:
        """Let somebody record how a visit went: the child was seen alone, unless `more` says otherwise."""
        given: dict[str, Any] = {"at": NOW, "door": "let_in", "seen": "seen_alone", "home": "fit", "facts": "Үй жылы"}
        said = VisitSaid(**given | more)
        return actions.record_visit(actor=by.enter(), visit=visit.pk, said=said, now=NOW)

    def remove(self, *, by: Person | None = None, at: datetime = NOW, now: datetime = NOW, **parts: Any) -> Removal:
        """Let guardianship record a removal; `parts` are pairs of answer and words."""
        said = {kind: PartSaid(*one) for kind, one in parts.items()}
        actor = (by or self.guardian).enter()
        return actions.record_removal(actor=actor, dossier=self.dossier, at=at, parts=said, now=now)

    def owed(self, about: UUID) -> dict[str, tuple[int | None, str]]:
        """Return the duties about a row: by step the unit and the state; those that were passed on left out."""
        with as_owner():
            rows = Obligation.objects.filter(about=about, replaced_by=None)
            return {row.step: (row.unit_id, row.state) for row in rows}

    def judged_safe(self, now: datetime) -> None:
        """Let the lead judge that the child is safe."""
        actor = self.team.lead.enter()
        given: dict[str, Any] = {"state": "safe", "where": "home", "seen": "alone", "why": "Әжесі қасында"}
        judge_safety(actor=actor, dossier=self.dossier, now=now, seen_at=now, **given)


def make_house() -> House:
    """Make it all."""
    team = make_team()
    with cast.building():
        centre = cast.seat(cast.make_unit("centre", DISTRICT, "family_support"))
        guardian = cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))
        prosecutor = cast.seat(cast.make_unit("prosecution", DISTRICT, "prosecution"))
        barred = cast.seat(centre.unit)
        Bar.objects.create(dossier_id=team.dossier, user_id=barred.user, since=cast.LONG_AGO, reason="suspect")
    team.lead.enter()
    with act(verb="note", stream=dossier_stream(team.dossier), now=NOW):
        for one in (centre, guardian):
            add_member(dossier=team.dossier, member=TeamMember("partner", unit_id=one.unit.pk, reason="test"))
    return House(team, centre, guardian, prosecutor, barred)
