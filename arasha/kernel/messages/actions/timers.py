"""The worker's own notes."""

from django.db import connection


def note_run(*, timer: str) -> None:
    """Record that a timer ended well just now, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO message_pulse (timer, ended_at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (timer) DO UPDATE SET ended_at = excluded.ended_at",
            [timer],
        )
