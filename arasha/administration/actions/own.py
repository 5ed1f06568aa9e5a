"""What one changes of one's own account."""

from datetime import datetime

from django.db import connection, transaction

from arasha.kernel.access import actions as access
from arasha.kernel.access.models import User
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import user_stream


def change_password(*, actor: Actor, now: datetime, user: User, password: str) -> None:
    """Give oneself another password; every session ends, this one too."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        with journal.act(verb="change_password", stream=user_stream(user.pk), now=now):
            pass
        access.end_sessions(user_id=user.pk)


def choose_language(*, actor: Actor, now: datetime, language: str) -> None:
    """Keep the language that pages and letters come in."""
    User.objects.filter(pk=actor.user_id or 0).update(language=language)


def end_session(*, actor: Actor, now: datetime, mark: str) -> bool:
    """End one of one's own sessions by its mark; returns whether there was one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT administration.end_my_session(%s)", [mark])
        return bool(cursor.fetchone()[0])
