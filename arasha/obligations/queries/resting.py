"""How much rests on a unit that is to end."""

from django.db import connection


def resting_on(unit_id: int) -> int:
    """Return how many duties a unit still owes: a number for who administers its place, 0 for everybody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obligations.resting_on(%s)", [unit_id])
        return int(cursor.fetchone()[0])
