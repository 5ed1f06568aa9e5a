"""Reference data: functions, facets and the table part × facet, from this folder's `data/`."""

from collections.abc import Iterable
from typing import Any

from django.db import connections, transaction

from arasha.kernel.access.rules import matrix
from arasha.kernel.access.rules.facets import Facet

LABELS = ("label_kk", "label_ru", "label_en")


def facets() -> list[dict[str, Any]]:
    """Return the rows of `access_facet`."""
    return [{**row, "bit": int(row["bit"]), "sealed": row["sealed"] == "yes"} for row in matrix.rows("facets")]


def functions() -> list[dict[str, Any]]:
    """Return the rows of `access_function`, with the masks of the table function × facet."""
    masks = matrix.of_functions()
    return [
        {
            **row,
            "daily_limit": int(row["daily_limit"]),
            "sensitive": row["sensitive"] != "no",
            "reads": masks[row["code"]][0],
            "writes": masks[row["code"]][1],
        }
        for row in matrix.rows("functions")
    ]


def part_facets() -> list[dict[str, Any]]:
    """Return the rows of `access_partfacet`: one a cell."""
    return [
        {
            "part": row["part"],
            "facet_id": int(facet),
            "reads": "r" in row[facet.name.lower()],
            "writes": "w" in row[facet.name.lower()],
            "verified_by": row["verified_by"],
        }
        for row in matrix.rows("part_facets")
        for facet in Facet
    ]


def put(table: str, key: tuple[str, ...], rows: Iterable[dict[str, Any]], using: str) -> int:
    """Insert or update reference rows and return how many changed."""
    changed = 0
    with connections[using].cursor() as cursor:
        for row in rows:
            rest = [column for column in row if column not in key]
            sets = ", ".join(f"{column} = excluded.{column}" for column in rest)
            old, new = ", ".join(f"t.{column}" for column in rest), ", ".join(f"excluded.{column}" for column in rest)
            cursor.execute(
                f"INSERT INTO public.{table} AS t ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))}) "  # noqa: S608 - columns of our own files
                f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets} WHERE ({old}) IS DISTINCT FROM ({new})",
                list(row.values()),
            )
            changed += cursor.rowcount
    return changed


def load_reference(*, using: str = "owner") -> int:
    """Write functions, facets and the table part × facet; returns how many rows changed. Runs as the owner.

    When a part's facets changed, the masks of the teams follow.
    """
    with transaction.atomic(using=using):
        changed = put("access_facet", ("bit",), facets(), using)
        changed += put("access_function", ("code",), functions(), using)
        cells = put("access_partfacet", ("part", "facet_id"), part_facets(), using)
        if cells:
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT access.renew_masks()")
    return changed + cells
