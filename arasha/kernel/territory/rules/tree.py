"""Units put into a tree: parent, level and path told from the codes that exist together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from arasha.kernel.territory.rules.codes import NATION, parent_candidates
from arasha.kernel.territory.rules.folding import fold
from arasha.kernel.territory.rules.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as a file gives it."""

    kato: str
    name_kk: str
    name_ru: str
    name_en: str
    source: str
    names_verified: bool = False
    urban: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in its place."""

    unit: Unit
    parent: str | None
    level: int
    path: str
    kind: str

    def row(self) -> tuple[object, ...]:
        """Return the columns in the order of `COLUMNS`."""
        unit = self.unit
        names = (unit.name_kk, unit.name_ru, unit.name_en)
        place = (unit.kato, self.level, self.parent, self.kind, *names, *map(fold, names), self.path)
        return (*place, unit.urban, unit.source, unit.names_verified, unit.valid_from, unit.valid_to)


COLUMNS = (
    "kato", "level", "parent_id", "kind", "name_kk", "name_ru", "name_en", "folded_kk", "folded_ru", "folded_en",
    "path", "urban", "source", "names_verified", "valid_from", "valid_to",
)  # fmt: skip


def parent_of(kato: str, known: Mapping[str, object] | set[str]) -> str | None:
    """Return the nearest code above that exists, None for the nation."""
    if kato == NATION:
        return None
    return next(code for code in parent_candidates(kato) if code in known or code == NATION)


def placed(units: Iterable[Unit]) -> list[Placed]:
    """Put units into the tree that they make together (the nation included); parents come first."""
    known = {unit.kato: unit for unit in units}  # consumed once: an iterator will do
    paths: dict[str, str] = {}
    result = []
    for kato in sorted(known, key=lambda code: (code != NATION, len(code.rstrip("0")), code)):
        parent = parent_of(kato, known)
        paths[kato] = f"{paths[parent]}.{kato}" if parent else kato
        level = paths[kato].count(".")
        result.append(Placed(known[kato], parent, level, paths[kato], kind_of(kato, known[kato].name_ru, level)))
    return result
