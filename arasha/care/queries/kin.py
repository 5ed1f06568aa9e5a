"""Which kin may be asked to take a removed child, and the brothers and sisters; never who is said to have harmed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from arasha.care.models import Removal, RemovalPerson
from arasha.cases.queries import link, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased
from arasha.people.models import Kinship, Person, Standing
from arasha.people.queries import allegations_of, also_in, people_of
from arasha.people.rules import RELATIONSHIPS
from arasha.ui.rules.code_lists import Code

# Who of the list is asked without a tie that says so, and who is a child by what they are called.
ASKED, YOUNG = frozenset({"carer", "household", "kin"}), frozenset({"child", "sibling"})
# Why somebody is never offered: they are said to have harmed, or are under the control of who is, or lost the right.
NEVER = frozenset({"alleged", "controlled", "rights_limited"})


@dataclass(frozen=True)
class OfFamily:
    """Somebody of the family's list with what was said last; `words` None: there are none, or not for this reader."""

    person: Person
    row: RemovalPerson | None
    words: str | None = field(repr=False)
    files: list[str] = field(default_factory=list)


def kin_to_ask(actor: Actor, dossier: UUID, on: date) -> list[Person]:
    """Return the adults of the family's list who may be asked, as far as the reader reads the file's people."""
    never, tied = _never(dossier), _tied(dossier, lambda kind: kind.more["kin"] == "yes")
    rows = [row for row in people_of(actor, dossier) if row.role in ASKED or row.pk in tied]
    return [
        row for row in rows if not _minor(row, on) and not row.died and row.pk not in never and row.role not in YOUNG
    ]


def siblings_of(actor: Actor, dossier: UUID, on: date) -> list[Person]:
    """Return the child's brothers and sisters who are no adults, as far as the reader reads the file's people."""
    tied = _tied(dossier, lambda kind: kind.more["tie"] == "sibling")
    rows = [row for row in people_of(actor, dossier) if row.role != "child" and not row.died]
    return [row for row in rows if row.role == "sibling" or (row.pk in tied and _minor(row, on))]


def people_said(removal: Removal) -> dict[UUID, RemovalPerson]:
    """Return what was said last of each person, by person."""
    rows = RemovalPerson.objects.filter(removal=removal).select_related("unit").order_by("number")
    return {row.person_id: row for row in rows}


def of_family(actor: Actor, removal: Removal, people: list[Person], *, linked: bool = False) -> list[OfFamily]:
    """Return people with what was said of them; `linked`: with the files of their own that the reader reads too."""
    said = people_said(removal)
    return [
        OfFamily(
            person,
            said.get(person.pk),
            _words(said.get(person.pk)),
            [link(dossier) for _one, dossier in also_in(person.pk) if dossier != removal.dossier_id] if linked else [],
        )
        for person in people
    ]


def _never(dossier: UUID) -> set[UUID]:
    """Return who is never offered. What is closed to a person is read by all who read the file's people, so this
    holds for a reader of no allegation, too."""
    newest: dict[tuple[UUID, str], Standing] = {}
    for row in Standing.objects.filter(dossier=dossier, ended_at=None).order_by("recorded_at", "id"):
        newest[row.person_id, row.matter] = row
    closed = {row.person_id for row in newest.values() if not row.allowed and row.reason in NEVER}
    standing = [one for one in allegations_of(dossier) if one.status != "unfounded"]
    return closed | {one.row.person_id for one in standing if one.row.person_id}


def _tied(dossier: UUID, fits: Callable[[Code], bool]) -> set[UUID]:
    """Return who is tied to the child of a file by a relationship that fits, from whichever side it was written."""
    kinds = [row.code for row in RELATIONSHIPS if fits(row)]
    child = Q(person__role="child") | Q(other__role="child")
    rows = Kinship.objects.filter(child, dossier=dossier, ended_at=None, kind__in=kinds)
    return {person for pair in rows.values_list("person_id", "other_id") for person in pair}


def _minor(row: Person, on: date) -> bool:
    """Say whether somebody is under 18 for certain: kin whose age nobody knows can be asked."""
    return row.birth_first is not None and row.birth_first > on.replace(year=on.year - 18, day=min(on.day, 28))


def _words(row: RemovalPerson | None) -> str | None:
    if row is None or row.sealed is None:
        return None
    try:
        here = place(row.dossier_id, Facet.OBLIGATIONS, "care_removalperson")
        return open_text(bytes(row.sealed), row=str(row.pk), **here)
    except KeyErased:
        return None
