"""Tables of the directory on their way in and out, as those who keep it read them."""

from collections import Counter
from uuid import UUID

from django.db import connection

from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import fold
from arasha.services import policy
from arasha.services.models import Load, LoadRow, Offering
from arasha.services.rules.exchange import Places, Understood, is_note

NAMED_TO = 2  # regions and districts are told by their names, too; villages of one name are many
SHOWN = 50


def places() -> Places:
    """Return all territories by code, and regions and districts by names that only one of them has."""
    rows = Territory.objects.filter(valid_to=None).values_list("kato", "path", "level", "name_kk", "name_ru", "name_en")
    paths, names = {}, {}
    counted: Counter[str] = Counter()
    for kato, path, level, *labels in rows:
        paths[kato] = path
        if level <= NAMED_TO:
            for name in {fold(label) for label in labels if label}:
                counted[name] += 1
                names[name] = kato
    return Places(paths, {name: kato for name, kato in names.items() if counted[name] == 1})


def load(actor: Actor, load_id: UUID) -> Load:
    """Return a load of the actor's unit. Raises NotThere."""
    found = policy.visible_loads(actor).filter(pk=load_id).first()
    if found is None:
        raise NotThere
    return found


def loads(actor: Actor, most: int = 20) -> list[Load]:
    """Return the newest loads of the actor's unit."""
    return list(policy.visible_loads(actor).order_by("-recorded_at", "id")[:most])


def rejected(found: Load, most: int | None = None) -> list[Understood]:
    """Return the rows of a load that were not taken, in their order."""
    rows = LoadRow.objects.filter(load=found, outcome="rejected").order_by("number")[:most]
    return [
        Understood(row.number, row.hidden, row.cells, [(column, code) for column, code in row.faults]) for row in rows
    ]


def fault_counts(found: Load) -> list[tuple[str, int]]:
    """Return how often each fault was found, the most frequent first; words of doubt last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f ->> 1, count(*) FROM services_loadrow r, jsonb_array_elements(r.faults) f"
            " WHERE r.load_id = %s GROUP BY 1",
            [found.pk],
        )
        rows = cursor.fetchall()
    return sorted(rows, key=lambda row: (is_note(row[0]), -row[1], row[0]))


def first_faults(found: Load, most: int = SHOWN) -> list[tuple[int, int, str]]:
    """Return the first faults as (row, column from 1, code)."""
    rows = LoadRow.objects.filter(load=found).exclude(faults=[]).order_by("number")[:most]
    return [(row.number, column, code) for row in rows for column, code in row.faults][:most]


def kept(actor: Actor) -> list[Offering]:
    """Return the offerings that the actor keeps, protected ones among them: in the order of their ids."""
    rows = policy.visible_to(actor).order_by("pk")
    inside = {row.site.territory_id: False for row in rows}
    with connection.cursor() as cursor:
        cursor.execute("SELECT p FROM unnest(%s::text[]) p WHERE services.keeps(p)", [list(inside)])
        mine = {row[0] for row in cursor.fetchall()}
    return [row for row in rows if row.site.territory_id in mine]
