"""Whom a file names as having harmed, and where each allegation stands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.kernel.worktime.rules import local
from arasha.people.models import Allegation, AllegationState, Person, Standing
from arasha.people.queries.places import Place
from arasha.people.rules import Birth, is_child, termed


@dataclass(frozen=True)
class State:
    """One change of an allegation, with its words; None where they were lawfully erased."""

    row: AllegationState
    why: str | None


@dataclass(frozen=True)
class Alleged:
    """An allegation with the person of the file, if it is one, its history from the newest on, and looks."""

    row: Allegation
    person: Person | None
    states: list[State]
    looks: str | None

    @property
    def status(self) -> str:
        """Where it stands now."""
        return self.states[0].row.status

    @property
    def child(self) -> bool:
        """Whether they count as a child on the day of the harm, or on the day on which it was written down."""
        birth = None
        if self.person and self.person.birth_first and self.person.birth_last:
            birth = Birth(self.person.birth_first, self.person.birth_last)
        return is_child(birth, self.row.age, self.row.since or local(self.row.recorded_at).date())

    @property
    def termed(self) -> str:
        """What pages call them."""
        return str(termed(child=self.child, status=self.status))


def allegations_of(dossier: UUID) -> list[Alleged]:
    """Return what is alleged in a file, the newest first, as far as the reader reads its facet of justice."""
    rows = list(
        Allegation.objects.filter(dossier=dossier, ended_at=None)
        .select_related("place", "unit")
        .order_by("-recorded_at", "id")
    )
    persons = Person.objects.in_bulk([row.person_id for row in rows if row.person_id])
    states = list(AllegationState.objects.filter(allegation__in=rows).select_related("unit").order_by("-number", "id"))
    words = _opened([*rows, *states])
    return [
        Alleged(
            row,
            persons.get(row.person_id) if row.person_id else None,
            [State(state, words.get(state.pk, "")) for state in states if state.allegation_id == row.pk],
            words.get(row.pk, ""),
        )
        for row in rows
    ]


def allegation(dossier: UUID, pk: UUID) -> Alleged | None:
    """Return one allegation of a file, or None: it is not there, for this reader or at all."""
    return next((one for one in allegations_of(dossier) if one.row.pk == pk), None)


def to_decide_anew(person: UUID) -> bool:
    """Say whether something is closed to a person as alleged of whom nothing is alleged any more."""
    newest: dict[str, Standing] = {}
    for row in Standing.objects.filter(person=person, ended_at=None).order_by("recorded_at", "id"):
        newest[row.matter] = row
    if not any(not row.allowed and row.reason == "alleged" for row in newest.values()):
        return False
    statuses: dict[UUID, str] = {}
    standing = AllegationState.objects.filter(allegation__person=person, allegation__ended_at=None)
    for allegation, status in standing.order_by("number").values_list("allegation_id", "status"):
        statuses[allegation] = status
    return all(status == "unfounded" for status in statuses.values())


def names_of_unit(unit: int | None) -> tuple[str, ...]:
    """Return the names of a unit in the languages in which people write them, none for no unit."""
    found = Unit.objects.filter(pk=unit).values_list("name_kk", "name_ru").first() if unit else None
    return found or ()


def place_of_words(row: Allegation | AllegationState) -> Place:
    """Return where the vault keeps the sealed words of an allegation or a change of one."""
    scope = Scope(kind="dossier", key=row.dossier_id, facet=Facet.JUSTICE.name.lower())
    return {"scope": scope, "table": row._meta.db_table, "column": "sealed"}


def _opened(rows: Sequence[Allegation | AllegationState]) -> dict[UUID, str | None]:
    """Open what is sealed with one read of the key store."""
    sealed = [row for row in rows if row.sealed]
    texts = open_many([Sealed(bytes(row.sealed or b""), row=str(row.pk), **place_of_words(row)) for row in sealed])
    return {
        row.pk: None if text is None else next(iter(json.loads(text).values()))
        for row, text in zip(sealed, texts, strict=True)
    }
