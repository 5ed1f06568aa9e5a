"""Writing many units at once: a copy into a temporary table, then one statement."""

from collections.abc import Iterable

from django.db import connections

from arasha.kernel.territory.rules.tree import COLUMNS, Placed

LIST = ", ".join(COLUMNS)
NEW = ", ".join(f"excluded.{column}" for column in COLUMNS[1:])
OLD = ", ".join(f"unit.{column}" for column in COLUMNS[1:])
SET = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])


def store(units: Iterable[Placed], *, using: str) -> int:
    """Insert or replace the units, leaving equal rows untouched; return how many rows were written."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE incoming_territory ON COMMIT DROP AS TABLE public.territory_territory WITH NO DATA"
        )
        with cursor.copy(f"COPY pg_temp.incoming_territory ({LIST}) FROM STDIN") as copy:
            for unit in units:
                copy.write_row(unit.row())
        cursor.execute(
            f"INSERT INTO public.territory_territory AS unit ({LIST}) SELECT {LIST} FROM pg_temp.incoming_territory "  # noqa: S608 - column names only
            f"ON CONFLICT (kato) DO UPDATE SET {SET} WHERE ({OLD}) IS DISTINCT FROM ({NEW})"
        )
        written: int = cursor.rowcount
        cursor.execute("DROP TABLE pg_temp.incoming_territory")
    return written
