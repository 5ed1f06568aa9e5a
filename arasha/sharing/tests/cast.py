"""A case with a mother and a father, a school on the team, and another school to which it may be lent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.queries import may_read, visible_dossiers
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.people.actions import allege, register
from arasha.people.rules import Described, SaidSuspect, birth_said, parted
from arasha.plans.tests.district import TODAY, Team, make_team
from arasha.sharing import actions
from arasha.sharing.models import Consent, Share
from arasha.sharing.rules import Answer, Lent

__all__ = ["NOW", "TODAY", "UNTIL", "Family", "make_family"]
# Parts of the team end by the database's clock, consents by the domain's: a day far enough for both.
UNTIL = datetime.now(UTC).date() + timedelta(days=90)


@dataclass(frozen=True)
class Family:
    """The team of a case, the child's mother and father as the file knows them, and an inspector beside the team."""

    team: Team
    mother: UUID
    father: UUID

    @property
    def dossier(self) -> UUID:
        """The file."""
        return self.team.dossier

    def lent(self, who: Person | None = None, **more: Any) -> Lent:
        """Return what is lent as a rule: the schooling, to the other school."""
        given: dict[str, Any] = {"unit": (who or self.team.outsider).unit.pk, "purposes": ("learning",)}
        return Lent(**given | {"parts": ("education",), "until": UNTIL} | more)

    def answer(self, giver: str = "adult", lent: Lent | None = None, **more: Any) -> Answer:
        """Return what is answered as a rule: a yes on paper, the child having been told what is confidential."""
        person = self.mother if giver == "adult" else None
        given: dict[str, Any] = {"answer": "given", "giver": giver, "person": person, "way": "paper"}
        return Answer(**{**given, "lent": lent or self.lent(), "explained": True, **more})

    def agreed(self, giver: str = "adult", by: Person | None = None, lent: Lent | None = None, **more: Any) -> Consent:
        """Let somebody of the team write a yes down."""
        said = self.answer(giver, lent, **more)
        return actions.record_consent(actor=(by or self.team.lead).enter(), dossier=self.dossier, said=said, now=NOW)

    def shared(self, consent: Consent | None = None) -> Share:
        """Let who leads share on a consent."""
        consent = consent or self.agreed()
        return actions.share_on_consent(actor=self.team.lead.enter(), consent=consent.pk, now=NOW)

    def without(self, lent: Lent | None = None, **more: Any) -> Share:
        """Let who leads share without a consent."""
        given: dict[str, Any] = {"ground": "danger", "words": "Бала бүгін қауіпте", "lent": lent or self.lent()}
        return actions.share_without(actor=self.team.lead.enter(), dossier=self.dossier, now=NOW, **given | more)

    def reads(self, who: Person, facet: Facet = Facet.EDUCATION) -> bool:
        """Say whether somebody reads a facet of the file now."""
        return visible_dossiers(who.enter()).filter(pk=self.dossier).exists() and may_read(self.dossier, facet)

    def allege(self, person: UUID) -> None:
        """Let the inspection, which joins the file for it, write down that an adult harmed the child."""
        inspector = self.team.district.inspector
        self.team.lead.enter()
        with act(verb="note", stream=dossier_stream(self.dossier), now=NOW):
            add_member(dossier=self.dossier, member=TeamMember("partner", unit_id=inspector.unit.pk, reason="test"))
        suspect = SaidSuspect(role="parent", person=person)
        allege(actor=inspector.enter(), dossier=self.dossier, suspect=suspect, source="child", now=NOW)


def make_family(*, age: int | None = 10) -> Family:
    """Make the case of a child of this age with both parents."""
    team = make_team(age=age)
    parents = []
    for name, sex in (("Әсел", "girl"), ("Ерлан", "boy")):
        born = birth_said(age=40, on=date(2026, 11, 23))
        described = Described(name=parted(name), kind="said", sex=sex, birth=born)
        row = register(actor=team.lead.enter(), dossier=team.dossier, described=described, role="carer", now=NOW)
        parents.append(row.pk)
    cast.end_opening(team.dossier)
    return Family(team, *parents)
