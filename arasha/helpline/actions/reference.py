"""The list of reasons, as the owner writes it: from the shipped file, or from another one that has the same columns."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from arasha.helpline.models import Reason
from arasha.kernel.access.rules import Actor, Refused

SHIPPED: Final = Path(__file__).parents[1] / "data" / "reasons.csv"
COLUMNS: Final = ("group", "group_kk", "group_ru", "group_en", "name_kk", "name_ru", "name_en", "verified_by")
PURPOSES: Final = frozenset({"load_reference", "import_reasons"})


def load_reasons(
    *, actor: Actor, now: datetime, rows: Iterable[Mapping[str, str]] | None = None, using: str = "owner"
) -> int:
    """Bring the reasons to what the rows say; returns how many changed. One that is missing is used no more, and stays.

    Raises Refused: the actor is not the installation.
    """
    if not (actor.is_system and actor.purpose in PURPOSES):
        raise Refused
    wanted = list(rows) if rows is not None else _shipped()
    with transaction.atomic(using=using):
        known = {row.code: row for row in Reason.objects.using(using).all()}
        changed = 0
        for place, given in enumerate(wanted):
            row = known.pop(given["code"], None)
            values = {name: given[name] for name in COLUMNS} | {"place": place, "used": True}
            if row is None or any(getattr(row, name) != value for name, value in values.items()):
                Reason.objects.using(using).update_or_create(code=given["code"], defaults=values)
                changed += 1
        gone = [code for code, row in known.items() if row.used]
        Reason.objects.using(using).filter(pk__in=gone).update(used=False)
    return changed + len(gone)


def _shipped() -> list[dict[str, str]]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
