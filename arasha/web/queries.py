"""Whether this installation works: migrations, timers, seals, queue, mail, letters. Words of state, no person.

And what a lower folder asks of a higher one, because only `web` knows both.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Count
from procrastinate.contrib.django import app

from arasha.doors.queries import eldest_letter
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import queries as journal
from arasha.kernel.messages import queries as messages
from arasha.obligations.queries import visible_to
from arasha.obligations.rules import RUNNING

OK: Final = "ok"
NOT_OK: Final = "not ok"
OFF: Final = "off"
UNSEALED_AT_MOST: Final = timedelta(minutes=5)
TIMER_JOB_AT_MOST: Final = timedelta(minutes=3)
ORDINARY_JOB_AT_MOST: Final = timedelta(minutes=15)
MAIL_AT_MOST: Final = timedelta(hours=2)
LETTER_AT_MOST: Final = timedelta(minutes=2)
# A silent mail server, or one letter of the public that does not open, must not take the application away from people:
# it is told, but the instance stays ready.
TOLD_ONLY: Final = frozenset({"mail", "letters"})


def components() -> dict[str, str]:
    """Return the state of each component: ok, not ok or off."""
    try:
        return {
            "database": OK,
            "migrations": _word(migrated()),
            **{timer: _word(age is not None and age <= limit) for timer, (age, limit) in timers().items()},
            "seals": _word(sealed()),
            "queue": _word(flowing()),
            "mail": mail(),
            "letters": _word(opened()),
        }
    except DatabaseError:
        return {"database": NOT_OK}


def is_ready(states: dict[str, str]) -> bool:
    """Say whether people may be sent to this instance."""
    return all(state == OK for name, state in states.items() if name not in TOLD_ONLY)


def migrated() -> bool:
    """Say whether every migration that this version ships is applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return _shipped() <= set(cursor.fetchall())


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None)
    return frozenset(key for key in loader.disk_migrations if not loader.disk_migrations[key].replaces)


def timers() -> dict[str, tuple[timedelta | None, timedelta]]:
    """Return, for each timer, how long ago it last ended well (None: never) and how long that may be."""
    ages = messages.timer_ages()
    return {
        name: (ages.get(name), 3 * _period(timer.cron) + timedelta(minutes=2))
        for (name, _number), timer in app.periodic_registry.periodic_tasks.items()
        if timer.task.queue == "timers"
    }


def _period(cron: str) -> timedelta:
    """Return the pause between two ticks of a timer: a minute, or what a "*/n" says."""
    minute = cron.split(maxsplit=1)[0]
    return timedelta(minutes=int(minute.removeprefix("*/")) if minute.startswith("*/") else 1)


def sealed() -> bool:
    """Say whether nothing in the journal waits longer than five minutes for its seal."""
    oldest = journal.oldest_unsealed()
    return oldest is None or _database_now() - oldest <= UNSEALED_AT_MOST


def flowing() -> bool:
    """Say whether no job waits longer than its queue allows."""
    return (
        messages.oldest_job("timers") <= TIMER_JOB_AT_MOST and messages.oldest_job("ordinary") <= ORDINARY_JOB_AT_MOST
    )


def opened() -> bool:
    """Say whether nothing that the public told waits longer than two minutes to be opened."""
    eldest = eldest_letter()
    return eldest is None or eldest <= LETTER_AT_MOST


def mail() -> str:
    """Say whether mail leaves; `off` when no server is configured, so that notices stay in the application."""
    if not settings.EMAIL_HOST:
        return OFF
    age = messages.oldest_mail()
    return _word(age is None or age <= MAIL_AT_MOST)


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def _word(good: bool) -> str:
    return OK if good else NOT_OK


def files_under(actor: Actor, versions: Sequence[int]) -> dict[int, int]:
    """Return by version of a procedure how many files still owe something under it, of those that the actor may see."""
    states = [state.value for state in RUNNING]
    running = visible_to(actor).filter(protocol__in=versions, state__in=states)
    counted = running.order_by().values("protocol").annotate(files=Count("dossier", distinct=True))
    return dict(counted.values_list("protocol", "files"))
