"""The minimum package of services as versioned data: which service counts from when, with its norm and its unit cost.

Working frame (requirements V02, V04, V05); UNICEF's own list was not found. Where no cost is known, none is given.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from arasha.services.rules.lists import KINDS, LEVELS
from arasha.ui.rules import LANGUAGES, UnknownCode

FILE = Path(__file__).parents[1] / "data" / "package.csv"
NORMS_PER = frozenset({"", "district", "region"})


class FaultyPackage(ValueError):
    """The table of the package can't be read; says file, line and reason."""


@dataclass(frozen=True)
class Service:
    """One service of the package as one version words it.

    `norm` units of supply are due per `norm_per` ("district", "region"; None and "" where there is none). `unit_cost`
    in tenge per `unit_cost_per`; None where nobody has given one with its source.
    """

    code: str
    names: dict[str, str]
    version: int
    valid_from: date
    valid_to: date | None
    level: str
    group: str
    kinds: tuple[str, ...]
    norm: int | None
    norm_per: str
    unit_cost: int | None
    unit_cost_per: str
    cost_source: str
    source: str
    verified_by: str

    def label(self, language: str) -> str:
        """Return the name in `kk`, `ru` or `en`."""
        return self.names.get(language, self.names["kk"])


def package(on: date) -> dict[str, Service]:
    """Return the services of the package on a day, by code, in the table's order."""
    return {
        row.code: row for row in _rows(FILE) if row.valid_from <= on and (row.valid_to is None or on < row.valid_to)
    }


def service(code: str, on: date) -> Service:
    """Return a service as it was worded on a day, or in its newest wording when it no longer counts.

    Raises UnknownCode.
    """
    found = package(on).get(code) or max(
        (row for row in _rows(FILE) if row.code == code), key=lambda row: row.version, default=None
    )
    if found is None:
        raise UnknownCode(f"package: {code!r}")
    return found


@cache
def _rows(path: Path) -> tuple[Service, ...]:
    return read_package(path)


def read_package(path: Path) -> tuple[Service, ...]:
    """Read a table of the package. Raises FaultyPackage with file, line and reason."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [_row(path.name, line, row) for line, row in enumerate(csv.DictReader(file), start=2)]
    for place, one in enumerate(rows):
        for other in rows[:place]:
            if one.code == other.code and _meet(one, other):
                raise FaultyPackage(f"{path.name}, line {place + 2}: {one.code} has two versions on one day")
    return tuple(rows)


def _meet(one: Service, other: Service) -> bool:
    ends, begins = one.valid_to or date.max, one.valid_from
    return begins < (other.valid_to or date.max) and other.valid_from < ends


def _row(name: str, line: int, row: dict[str, str]) -> Service:
    try:
        names = {language: row[f"name_{language}"].strip() for language in LANGUAGES}
        found = Service(
            code=row["code"],
            names=names,
            version=int(row["version"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            level=row["level"],
            group=row["group"],
            kinds=tuple(row["kinds"].split()),
            norm=int(row["norm"]) if row["norm"] else None,
            norm_per=row["norm_per"],
            unit_cost=int(row["unit_cost"]) if row["unit_cost"] else None,
            unit_cost_per=row["unit_cost_per"],
            cost_source=row["cost_source"],
            source=row["source"],
            verified_by=row["verified_by"],
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise FaultyPackage(f"{name}, line {line}: {error}") from error
    _check(name, line, found)
    return found


def _check(name: str, line: int, found: Service) -> None:
    reasons = {
        "a name is missing": not all(found.names.values()),
        f"no such level: {found.level}": found.level not in LEVELS,
        "no such kind of provider": not found.kinds or any(kind not in KINDS for kind in found.kinds),
        f"no such norm: {found.norm_per}": found.norm_per not in NORMS_PER
        or (found.norm is None) != (not found.norm_per),
        "a cost has no source": found.unit_cost is not None and not (found.cost_source and found.unit_cost_per),
    }
    for reason, wrong in reasons.items():
        if wrong:
            raise FaultyPackage(f"{name}, line {line}: {reason}")
