"""Who looked, who is barred, whose budget stopped, which accounts there are: for those who must answer for it."""

import uuid
from dataclasses import dataclass

from django.db import connection

from arasha.kernel.access.models import Bar, Budget, Look


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator sees of somebody."""

    user_id: int
    login: str
    name: str
    email: str
    is_active: bool


def answers_for(dossier: uuid.UUID) -> bool:
    """Return whether who acts leads or oversees a dossier: they may know who looked and who is barred."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.my_parts(%s::uuid) && ARRAY['lead', 'overseeing']", [dossier])
        return bool(cursor.fetchone()[0])


def looks_at(dossier: uuid.UUID, *, limit: int = 50) -> list[Look]:
    """Return the newest looks at a dossier, refused tries too; nothing unless one leads or oversees it."""
    return list(Look.objects.raw("SELECT * FROM access.looks_at(%s::uuid, %s::integer)", [dossier, limit]))


def bars_of(dossier: uuid.UUID) -> list[Bar]:
    """Return who is barred from a dossier; nothing unless one leads or oversees it."""
    return list(Bar.objects.raw("SELECT * FROM access.bars(%s::uuid) ORDER BY since, id", [dossier]))


def budgets_below() -> list[Budget]:
    """Return today's budgets that alerted or stopped, of the people in the units below one's own."""
    return list(Budget.objects.raw("SELECT * FROM access.budgets_below() ORDER BY id"))


def accounts() -> list[Account]:
    """Return the accounts of one's territory and those that never had a post; for administrators."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, login, name, email, is_active FROM access.accounts()")
        return [Account(*row) for row in cursor.fetchall()]
