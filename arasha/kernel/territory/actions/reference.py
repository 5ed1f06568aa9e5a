"""The territory that the product ships."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from arasha.kernel.territory import policy
from arasha.kernel.territory.actions.storing import store
from arasha.kernel.territory.models import Succession, Territory
from arasha.kernel.territory.rules import NATION
from arasha.kernel.territory.rules.letters import mended
from arasha.kernel.territory.rules.tree import Unit, placed

DATA = Path(__file__).parents[1] / "data"
CLASSIFIER, UNOFFICIAL, OURS, OFFICIAL = "kato_2022_10_17", "public_2026", "arasha", "official"


def load_territory(*, actor: policy.Actor, using: str = "owner") -> int:
    """Bring territory to the shipped files; return how many rows were written, 0 the second time.

    Units that an official file has named or ended are left alone. Raises policy.NotAllowed.
    """
    policy.require_installation(actor)
    units = shipped_units()
    with transaction.atomic(using=using):
        theirs = set(
            Territory.objects.using(using)
            .exclude(source__in=[CLASSIFIER, UNOFFICIAL, OURS], valid_to__isnull=True)
            .values_list("kato", flat=True)
        )
        written = store((unit for unit in placed(units) if unit.unit.kato not in theirs), using=using)
        return written + _load_successions(using)


def shipped_units() -> list[Unit]:
    """Return the nation and everything in the shipped files."""
    since = _founded()
    named = {row["kato"]: row for name in ("regions", "districts") for row in _rows(name)}
    units = {NATION: Unit(NATION, "Қазақстан", "Казахстан", "Kazakhstan", OURS)}
    for row in _rows("kato_2022_10_17"):
        better = named.get(row["kato"], row)
        units[row["kato"]] = _unit(row["kato"], better, CLASSIFIER, since)
    for kato, row in named.items():
        if kato not in units:
            units[kato] = _unit(kato, row, UNOFFICIAL, since)
    return list(units.values())


def _unit(kato: str, row: dict[str, str], source: str, since: dict[str, date]) -> Unit:
    founded = since.get(kato) or since.get(f"{kato[:2]}0000000")
    names = (row.get("name_kk", ""), mended(row["name_ru"]), row.get("name_en", ""))
    return Unit(kato, *names, source, valid_from=founded, urban=row["name_ru"].startswith(("г.", "п.", "город ")))


def _founded() -> dict[str, date]:
    return {row["successor"]: date.fromisoformat(row["at"]) for row in _rows("successions")}


def _load_successions(using: str) -> int:
    known = {(pair.predecessor_id, pair.successor_id): pair for pair in Succession.objects.using(using)}
    new = []
    for row in _rows("successions"):
        if (row["predecessor"], row["successor"]) not in known:
            new.append(
                Succession(
                    predecessor_id=row["predecessor"],
                    successor_id=row["successor"],
                    at=date.fromisoformat(row["at"]),
                    kind=row["kind"],
                    date_estimated=row["date_estimated"] == "yes",
                    source=row["source"],
                    verified_by=row["verified_by"],
                )
            )
    return len(Succession.objects.using(using).bulk_create(new))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
