"""What an edition of the official file changes: added, named, renamed, moved to another code, closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from arasha.kernel.territory.rules.codes import NATION
from arasha.kernel.territory.rules.folding import fold
from arasha.kernel.territory.rules.official import OfficialRow
from arasha.kernel.territory.rules.tree import Unit

OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between what stands and a file. `named`: an unofficial name was replaced or confirmed."""

    added: tuple[Unit, ...]
    reopened: tuple[Unit, ...]
    named: tuple[Unit, ...]
    renamed: tuple[tuple[Unit, Unit], ...]
    moved: tuple[tuple[Unit, Unit], ...]
    closed: tuple[Unit, ...]

    @property
    def anything(self) -> bool:
        """Say whether the file changes anything."""
        return any((self.added, self.reopened, self.named, self.renamed, self.moved, self.closed))

    def units(self) -> list[Unit]:
        """Return every unit to be written."""
        new = [new for _old, new in (*self.renamed, *self.moved)]
        ended = [old for old, _new in self.moved]
        return [*self.added, *self.reopened, *self.named, *new, *ended, *self.closed]


def compare(known: Mapping[str, Unit], rows: Iterable[OfficialRow], on: date) -> Changes:
    """Compare what is known (closed units included) with a file valid from a day on."""
    file = {row.kato: row for row in rows}
    new = {kato: _unit(row, known.get(kato), on) for kato, row in file.items()}
    gone = {
        kato: replace(unit, valid_to=on)
        for kato, unit in known.items()
        if kato not in file and kato != NATION and unit.valid_to is None
    }
    added = {kato: unit for kato, unit in new.items() if kato not in known}
    moved = _moves(gone, added)
    for old, fresh in moved:
        del gone[old.kato], added[fresh.kato]
    pairs = [(known[kato], unit) for kato, unit in new.items() if kato in known]
    changed = [(old, unit) for old, unit in pairs if old.valid_to is None and old != unit]
    renamed = [(old, unit) for old, unit in changed if _renamed(old, unit)]
    new_names = {unit.kato for _old, unit in renamed}
    return Changes(
        tuple(added.values()),
        tuple(unit for old, unit in pairs if old.valid_to is not None),
        tuple(unit for old, unit in changed if unit.kato not in new_names),
        tuple(renamed),
        tuple(moved),
        tuple(gone.values()),
    )


def _unit(row: OfficialRow, old: Unit | None, on: date) -> Unit:
    same = old is not None and fold(old.name_ru) == fold(row.name_ru)
    return Unit(
        row.kato,
        row.name_kk,
        row.name_ru,
        old.name_en if old is not None and same else "",
        OFFICIAL,
        names_verified=True,
        urban=row.urban,
        valid_from=on if old is None else old.valid_from,
    )


def _renamed(old: Unit, new: Unit) -> bool:
    kazakh = old.source == OFFICIAL and fold(old.name_kk) != fold(new.name_kk)
    return kazakh or fold(old.name_ru) != fold(new.name_ru)


def _moves(gone: Mapping[str, Unit], added: Mapping[str, Unit]) -> list[tuple[Unit, Unit]]:
    """Pair what vanished with what appeared: the same name, once on each side, in the same region."""
    sides: tuple[dict[tuple[str, str], list[Unit]], ...] = (defaultdict(list), defaultdict(list))
    for side, units in zip(sides, (gone, added), strict=True):
        for unit in units.values():
            side[(unit.kato[:2], unit.name_ru.replace(" ", "").lower())].append(unit)
    before, after = sides
    return [(olds[0], after[key][0]) for key, olds in before.items() if len(olds) == 1 and len(after[key]) == 1]
