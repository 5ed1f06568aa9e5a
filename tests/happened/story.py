"""What the tests of what happened share: a file with its people, and what they write down."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from arasha.cases import actions, rules
from arasha.cases.models import Incident
from arasha.obligations.tests.cast import NOW, District, Person

TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Story:
    """A file that the coordinator leads; doctor, inspector, prosecutor are partners, school owes, driver knows."""

    file: UUID
    district: District
    interviewer: Person
    school: Person
    driver: Person
    prosecutor: Person

    @property
    def lead(self) -> Person:
        """Who leads the file."""
        return self.district.coordinator

    def happened(self, *, by: Person | None = None, key: UUID | None = None, **said: Any) -> Incident:
        """Let somebody write down an incident."""
        actor = (by or self.lead).enter()
        return actions.record_incident(actor=actor, dossier=self.file, said=said_of(**said), now=NOW, key=key)


def said_of(*, forms: tuple[str, ...] = ("working.2-c.1",), **more: Any) -> rules.SaidIncident:
    """Return an incident as somebody says it: a beating at home, once, nobody knows when."""
    return rules.SaidIncident(forms=forms, **{"frequency": "once", "setting": "home"} | more)


def about(year: int) -> rules.Point:
    """Return "about 2013"."""
    return rules.Point(date(year, 1, 1), "about")


def in_year(year: int) -> rules.Point:
    """Return "in 2019"."""
    return rules.Point(date(year, 1, 1), "year")
