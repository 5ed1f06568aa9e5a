"""One box for everything: a child or another person by name, number or telephone, a case by its number."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.models import Case, CaseOrigin
from arasha.cases.queries import visible_to
from arasha.cases.rules import read_number
from arasha.coordination.queries.matters import Matter, matters
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.people.models import Person
from arasha.people.queries import Found, search
from arasha.people.rules import REGISTER, ROLES, Question, age_shown, birth_shown, questions

# Of files that are not one's own so many at most are named: who looks for a child needs no more.
OUTSIDE = 5


@dataclass(frozen=True)
class Hit:
    """Somebody who may be meant: in a file of one's own with what it is about, else with the unit to ask."""

    found: Found
    person: Person | None
    matter: Matter | None
    lead: Unit | None

    @property
    def of_register(self) -> bool:
        """Return whether a register names them and no file of a child."""
        return self.person is not None and self.person.dossier.kind == REGISTER


@sensitive_variables()
def find_people(actor: Actor, asked: list[Question], most: int = 20) -> list[Hit]:
    """Return who may be meant, the nearest first; a signal that is in a case stands with its case alone."""
    with transaction.atomic():  # a search that fails must not take the page's transaction with it
        found = search(*asked, most=most)
    within = [one for one in found if one.within]
    outside = [one for one in found if not one.within][:OUTSIDE]
    joined = set(
        CaseOrigin.objects.filter(
            signal_dossier__in=[one.dossier for one in within],
            dossier__in=[one.dossier for one in within],
            left_at=None,
        ).values_list("signal_dossier_id", flat=True)
    )
    about = matters([one.dossier for one in within])
    people = Person.objects.select_related("dossier").in_bulk([one.person for one in within])
    leads = Unit.objects.in_bulk([one.lead for one in outside if one.lead])
    hits = [Hit(one, people.get(one.person), about.get(one.dossier), None) for one in within]
    hits = [hit for hit in hits if hit.person is not None and hit.found.dossier not in joined]
    return hits + [Hit(one, None, None, leads.get(one.lead or 0)) for one in outside]


def read_box(typed: str, now: datetime) -> list[Question]:
    """Return what is asked. Raises NothingAsked, AskedTooMuch."""
    return questions(typed, _today(now))


def case_numbered(actor: Actor, typed: str) -> tuple[bool, Case | None]:
    """Return whether this is a case's number, and the case if it is there for the actor."""
    number = read_number(typed)
    return number is not None, visible_to(actor).filter(number=number).first() if number else None


def role_of(person: Person) -> str:
    """Return who somebody is in their file, in words."""
    return ROLES.label(person.role)


def born(person: Person, now: datetime) -> str:
    """Return birth and age of a person in words."""
    birth = birth_shown(person.birth_first, person.birth_last, person.birth_how)
    age = "" if person.died else age_shown(person.birth_first, person.birth_last, _today(now))
    return " · ".join(part for part in (birth, age) if part)


def _today(now: datetime) -> date:
    return local(now).date()


def dossiers_of(hits: list[Hit]) -> list[UUID]:
    """Return the files, not one's own, of which a search shows the least that tells a child: each is a look."""
    return list(dict.fromkeys(hit.found.dossier for hit in hits if not hit.found.within))
