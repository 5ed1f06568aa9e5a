"""What was handed in of the forms whose answers become facts, as far as the reader reads the form's facet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.cases.rules import Facts
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.plans import rules
from arasha.questionnaires import queries as forms
from arasha.questionnaires.rules.about import About


@dataclass(frozen=True)
class HandedIn:
    """The last response of a form that stands: its title by language, its version, who handed it in, for which unit."""

    reading: forms.Reading
    about: About
    number: int

    @property
    def code(self) -> str:
        """The form's code."""
        return self.reading.response.code

    @property
    def at(self) -> datetime:
        """When it was handed in."""
        row = self.reading.response
        return row.submitted_at or row.begun_at


@dataclass(frozen=True)
class Weighing:
    """A form whose answers the rules of risk look at; `old` where it counts less for its age."""

    source: HandedIn
    facts: Facts
    old: bool


@sensitive_variables()
def handed_in(dossier: UUID, codes: Iterable[str]) -> list[HandedIn]:
    """Return what was handed in last of each of these forms and still stands; erased answers say nothing any more."""
    read = (forms.standing_of(dossier, code) for code in codes)
    return [
        HandedIn(one, forms.about_of(one.response.version_id), one.response.version.number)
        for one in read
        if one is not None and one.answers is not None
    ]


@sensitive_variables()
def weighing(dossier: UUID, now: datetime) -> list[Weighing]:
    """Return the forms that the rules of risk look at, with their facts.

    Forms under another facet than concern are left out: a judgement is read by who reads concerns, and says on what
    it rests.
    """
    today = local(now).date()
    found = []
    for one in handed_in(dossier, rules.RISK_FORMS):
        if one.reading.response.facet == Facet.CONCERN:
            day = local(one.at).date()
            facts = rules.risk_from(one.code, one.reading.answers or {}, day, today)
            found.append(Weighing(one, facts, rules.is_old(one.code, day, today)))
    return found
