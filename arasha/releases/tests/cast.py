"""A counter in the district, the coordination with a second person, and a father who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.people.actions import allege, register
from arasha.people.rules import Described, SaidSuspect, birth_said, parted
from arasha.plans.tests.district import TODAY, Team, make_team
from arasha.releases import actions
from arasha.releases.models import Release
from arasha.releases.rules import Asked

__all__ = ["NOW", "TODAY", "Desk", "make_desk"]


@dataclass(frozen=True)
class Desk:
    """The team of a case, a counter at the inspection, a second coordinator, and the father as the file knows him."""

    team: Team
    counter: Person
    second: Person
    father: UUID

    @property
    def dossier(self) -> UUID:
        """The file."""
        return self.team.dossier

    def asked(self, ticket: UUID | None = None, **more: Any) -> UUID:
        """Let the counter take a request down."""
        given = {"applicant": "parent", "way": "in_person", "checked": "document", "asker": "Ерлан", "child": "Аяру"}
        said = Asked(**{**given, "wants": "Барлығы", **more})
        return actions.take_down(actor=self.counter.enter(), said=said, now=NOW, ticket=ticket)

    def matched(self, request: UUID | None = None, **more: Any) -> Release:
        """Let the coordination match a request to the file."""
        given: dict[str, Any] = {"request": request or self.asked(), "dossier": self.dossier, "person": self.father}
        return actions.match(actor=self.team.lead.enter(), **{"now": NOW, **given, **more})

    def proposed(self, release: Release | None = None, **more: Any) -> Release:
        """Let who leads propose to give the plan."""
        release = release or self.matched()
        given: dict[str, Any] = {"parts": ["plan"], "consent": "yes", "now": NOW}
        return actions.propose(actor=self.team.lead.enter(), request=release.request_id, **given | more)

    def given(self, release: Release | None = None) -> Release:
        """Let the second person agree."""
        request = self.proposed(release).request_id
        return actions.decide(actor=self.second.enter(), request=request, agree=True, now=NOW)

    def allege_father(self) -> None:
        """Let the inspection, which joins the file for it, write down that the father harmed the child."""
        self.team.lead.enter()
        with act(verb="note", stream=dossier_stream(self.dossier), now=NOW):
            add_member(dossier=self.dossier, member=TeamMember("partner", unit_id=self.counter.unit.pk, reason="test"))
        suspect = SaidSuspect(role="parent", person=self.father)
        allege(actor=self.counter.enter(), dossier=self.dossier, suspect=suspect, source="child", now=NOW)


def make_desk(*, age: int = 13) -> Desk:
    """Make the case of a child of this age, and who answers requests about it."""
    team = make_team(age=age)
    with cast.building():
        second = cast.seat(team.lead.unit)
    described = Described(name=parted("Ерлан"), kind="said", sex="boy", birth=birth_said(age=40, on=date(2026, 11, 23)))
    father = register(actor=team.lead.enter(), dossier=team.dossier, described=described, role="carer", now=NOW)
    return Desk(team, team.district.inspector, second, father.pk)
