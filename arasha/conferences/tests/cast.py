"""A case with its team, a commission that holds sittings, and short words for what people do there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from arasha.conferences import actions
from arasha.conferences.models import Decision, Item, Sitting
from arasha.conferences.rules import DecisionSaid, Mark, SittingSaid, VoiceSaid
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Bar
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.plans.tests.district import Team, make_team

TODAY = date(2026, 11, 23)
HERE = Mark("present")


@dataclass(frozen=True)
class Table:
    """The team of a case, the commission's secretary, a member of it, and somebody barred who works in the clinic."""

    team: Team
    secretary: Person
    member: Person
    barred: Person

    @property
    def dossier(self) -> UUID:
        """The file."""
        return self.team.dossier

    def sitting(self, *, at: datetime = NOW + timedelta(days=1), by: Person | None = None, **more: Any) -> Sitting:
        """Call a sitting."""
        given: dict[str, Any] = {"kind": "commission_minors", "at": at, "place": "Әкімдік, 2-бөлме"}
        said = SittingSaid(**given | more)
        return actions.hold_sitting(actor=(by or self.secretary).enter(), said=said, now=NOW)

    def put_on(self, sitting: Sitting, *, urgent: bool = False, reason: str = "wish", now: datetime = NOW) -> Item:
        """Put the file on the agenda."""
        given: dict[str, Any] = {
            "sitting": sitting.pk,
            "dossier": self.dossier,
            "reason": reason,
            "urgent": urgent,
            "now": now,
        }
        return actions.put_on(actor=self.secretary.enter(), **given)

    def came(self, item: Item, *people: Person, now: datetime = NOW) -> None:
        """Let these people's units be there."""
        marks = {who.unit.pk: HERE for who in people}
        actions.mark_seats(actor=self.secretary.enter(), item=item.pk, marks=marks, now=now)

    def all_came(self, item: Item, now: datetime = NOW) -> None:
        """Let a quorum be there: the commission, who leads, clinic and social protection."""
        self.came(item, self.secretary, self.team.lead, self.team.doctor, self.team.social, now=now)

    def heard(self, item: Item, *, by: Person | None = None, seen: int = 0, **more: Any) -> None:
        """Let the child be heard."""
        said = VoiceSaid(**{"how": "asked", "hears": "all", "words": "Әжемде қалғым келеді"} | more)
        actions.hear_child(actor=(by or self.team.lead).enter(), item=item.pk, said=said, seen=seen, now=NOW)

    def decide(self, item: Item, *, now: datetime = NOW, text: str = "Психолог тағайындау", **more: Any) -> Decision:
        """Let the clinic be told to do something in three days."""
        given: dict[str, Any] = {"unit": self.team.doctor.unit.pk, "by_when": TODAY + timedelta(days=3), "text": text}
        ticket = more.pop("ticket", None)
        said = DecisionSaid(**given | more)
        return actions.decide(actor=self.secretary.enter(), item=item.pk, said=said, now=now, ticket=ticket)


def make_table() -> Table:
    """Make a case, and the commission as a partner in it, by the wish of who leads the case."""
    team = make_team()
    with cast.building():
        commission = cast.make_unit("commission", DISTRICT, "commission_minors")
        secretary, member = cast.seat(commission), cast.seat(commission)
        barred = cast.seat(team.doctor.unit)
        Bar.objects.create(dossier_id=team.dossier, user_id=barred.user, since=cast.LONG_AGO, reason="suspect")
    team.lead.enter()
    with act(verb="note", stream=dossier_stream(team.dossier), now=NOW):
        part = TeamMember("partner", unit_id=commission.pk, reason="test")
        add_member(dossier=team.dossier, member=part)
    actions.name_secretary(actor=secretary.enter(), post=secretary.post, now=NOW)
    return Table(team, secretary, member, barred)
