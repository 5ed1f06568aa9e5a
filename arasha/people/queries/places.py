"""Where what is sealed of a person lies, and of which kinds facts are."""

from typing import Final, TypedDict

from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.rules import Scope
from arasha.people import models
from arasha.people.models.facts import Fact
from arasha.ui.rules import UnknownCode

# Each kind of fact with its table, and the facet of all its rows; None: each row says its own.
FACTS: Final[dict[str, tuple[type[Fact], Facet | None]]] = {
    "name": (models.PersonName, Facet.IDENTITY),
    "paper": (models.Paper, Facet.DOCUMENTS),
    "contact": (models.Contact, Facet.CONTACTS),
    "address": (models.Address, None),
    "attendance": (models.Attendance, None),
    "absence": (models.Absence, Facet.EDUCATION),
    "pregnancy": (models.Pregnancy, Facet.REPRODUCTIVE),
    "kinship": (models.Kinship, Facet.IDENTITY),
    "residence": (models.Residence, Facet.IDENTITY),
    "surrounding": (models.Surrounding, Facet.IDENTITY),
}


class Place(TypedDict):
    """Where words lie in the vault."""

    scope: Scope
    table: str
    column: str


def fact_table(what: str) -> tuple[type[Fact], Facet | None]:
    """Return the table of a kind of fact, and its facet. Raises UnknownCode."""
    if what not in FACTS:
        raise UnknownCode(f"no such kind of fact: {what!r}")
    return FACTS[what]


def place(row: Fact, facet: Facet) -> Place:
    """Return where the vault keeps the sealed words of a fact."""
    scope = Scope(kind="dossier", key=row.dossier_id, facet=facet.name.lower())
    return {"scope": scope, "table": row._meta.db_table, "column": "sealed"}
