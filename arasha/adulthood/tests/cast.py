"""A girl of 17 with a case, guardianship, prosecutor and ombudsperson; somebody barred who works in the clinic."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from arasha.adulthood import actions
from arasha.adulthood.models import Application
from arasha.adulthood.rules import Dismissal, Filed, Withdrawal
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.people.models import Person as PersonRow
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

TODAY = date(2026, 11, 23)
WORDS = "Әкемнің құқығын алып тастаңыздаршы"


@dataclass(frozen=True)
class Girl:
    """The case of a girl who applies for herself, and who has to do with it."""

    team: Team
    guardian: Person
    prosecutor: Person
    barred: Person

    @property
    def dossier(self) -> UUID:
        """The file."""
        return self.team.dossier

    def born(self, day: date | None) -> None:
        """Let the girl be born on a day, or let nobody know when."""
        with as_owner(), cast.building():
            PersonRow.objects.filter(dossier=self.dossier, role="child").update(
                birth_first=day, birth_last=day, birth_how="day" if day else "unknown"
            )

    def file(self, *, by: Person | None = None, now: datetime = NOW, **more: Any) -> Application:
        """Let the girl apply, with somebody who takes it down."""
        ticket = more.pop("ticket", None)
        said = Filed(**{"kind": "deprivation", "words": WORDS} | more)
        actor = (by or self.team.lead).enter()
        return actions.file_application(actor=actor, dossier=self.dossier, said=said, now=now, ticket=ticket)

    def move(self, row: Application, seen: str, now: datetime = NOW + timedelta(hours=1)) -> Application:
        """Take it on to the next stage."""
        return actions.move_on(actor=self.team.lead.enter(), application=row.pk, seen=seen, now=now)

    def dismiss(self, row: Application, **more: Any) -> Application:
        """Let a judge dismiss it because of age."""
        given = {"body": "Мамандандырылған сот", "ground": "age", "name": "Сәрсенбаев Б.", "position": "судья"}
        said = Dismissal(**given | {"law": "көрсетілмеді", "words": "18-ге толады"} | more)
        return actions.dismiss(
            actor=self.team.lead.enter(), application=row.pk, said=said, now=NOW + timedelta(hours=2)
        )

    def withdraw(self, row: Application, **more: Any) -> Application:
        """Let the girl take it back."""
        given: dict[str, Any] = {"alone": True, "pressure": "no", "words": "Қажет емес"}
        said = Withdrawal(**given | more)
        return actions.withdraw(
            actor=self.team.lead.enter(), application=row.pk, said=said, now=NOW + timedelta(hours=3)
        )

    def owed(self) -> dict[str, Obligation]:
        """Return what is owed by the procedures of this folder and of hindered statements, by step."""
        with as_owner():
            rows = Obligation.objects.filter(
                dossier=self.dossier, protocol__code__in=["own_application", "hindered_statement"]
            )
            return {row.step: row for row in rows.order_by("raised_at")}


def make_girl() -> Girl:
    """Make the case, and the bodies of the district."""
    team = make_team(age=17)
    with cast.building():
        guardian = cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))
        prosecutor = cast.seat(cast.make_unit("prosecutors", DISTRICT, "prosecution"))
    team.bar(team.nurse)
    return Girl(team, guardian, prosecutor, team.nurse)
