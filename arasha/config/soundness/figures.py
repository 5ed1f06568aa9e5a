"""Figures of a running installation: ages, counts and room. No person, no file, no body is in them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from arasha import __version__
from arasha.config.backup import places
from arasha.doors.queries import eldest_letter
from arasha.kernel.access import actions as access
from arasha.kernel.journal import queries as journal
from arasha.kernel.messages import queries as messages
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.rules.retention import day_of_backup
from arasha.kernel.worktime.queries import domain_now, instance_kind
from arasha.obligations.models import Obligation


@dataclass(frozen=True)
class Figure:
    """One figure; `labels` are codes."""

    name: str
    help: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def figures() -> list[Figure]:
    """Return every figure; where the database does not answer, `arasha_up` is 0 and only the machine's own are left."""
    try:
        found = [Figure("arasha_up", "1 when the database answers", 1), *_from_database()]
    except DatabaseError:
        found = [Figure("arasha_up", "1 when the database answers", 0)]
    return [*found, *_from_disk()]


def text() -> str:
    """Return the figures as Prometheus and its kin read them."""
    lines, told = [], set[str]()
    for figure in figures():
        if figure.name not in told:
            told.add(figure.name)
            lines += [f"# HELP {figure.name} {figure.help}", f"# TYPE {figure.name} gauge"]
        labels = ",".join(f'{name}="{value}"' for name, value in figure.labels)
        lines.append(f"{figure.name}{{{labels}}} {figure.value:g}" if labels else f"{figure.name} {figure.value:g}")
    return "\n".join(lines) + "\n"


def _from_database() -> Iterator[Figure]:
    now = database_now()
    info = (("version", __version__), ("kind", instance_kind()))
    yield Figure("arasha_info", "version and kind of the instance", 1, info)
    for queue in ("timers", "ordinary"):
        age = messages.oldest_job(queue).total_seconds()
        yield Figure("arasha_queue_age_seconds", "how long the oldest job has waited", age, (("queue", queue),))
    for timer, age_of in sorted(messages.timer_ages().items()):
        labels = (("timer", timer),)
        yield Figure("arasha_timer_age_seconds", "since a timer last ended well", age_of.total_seconds(), labels)
    yield Figure("arasha_sweep_lag_seconds", "how late the most overdue look at a duty is", sweep_lag().total_seconds())
    yield Figure("arasha_seal_age_seconds", "how long the oldest row waits for its seal", _since(now))
    mail = messages.oldest_mail()
    yield Figure("arasha_mail_age_seconds", "how long the oldest mail waits", mail.total_seconds() if mail else 0)
    letter = eldest_letter()
    waited = letter.total_seconds() if letter else 0
    yield Figure("arasha_letter_age_seconds", "how long what the public told waits to be opened", waited)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        yield Figure("arasha_database_bytes", "the database's size", cursor.fetchone()[0])


def database_now() -> datetime:
    """Return the database's own moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def _since(now: datetime) -> float:
    oldest = journal.oldest_unsealed()
    return (now - oldest).total_seconds() if oldest else 0.0


def sweep_lag() -> timedelta:
    """Return how long ago the most overdue look at a duty should have been."""
    with access.system("figures"):
        now = domain_now()
        due = Obligation.objects.filter(next_check_at__lt=now).order_by("next_check_at")
        oldest = due.values_list("next_check_at", flat=True).first()
    return now - oldest if oldest else timedelta(0)


def _from_disk() -> Iterator[Figure]:
    for name, folder in watched():
        free = shutil.disk_usage(_existing(folder)).free
        yield Figure("arasha_disk_free_bytes", "room on the disk of a place", free, (("place", name),))
    backups = places.shelf().names()
    if backups:
        made = places.moment_of(backups[-1]).timestamp()
        yield Figure("arasha_backup_made_timestamp_seconds", "when the newest backup was made", made)
    copies = [day for name in vault.key_backups() if (day := day_of_backup(name))]
    if copies:
        made = datetime.combine(copies[-1], datetime.min.time()).timestamp()
        yield Figure("arasha_key_copy_made_timestamp_seconds", "the day of the newest copy of the key store", made)


def watched() -> list[tuple[str, Path]]:
    """Return the places that must not become full."""
    return [
        ("files", settings.ARASHA_FILES),
        ("backups", settings.ARASHA_BACKUPS),
        ("seals", Path(settings.ARASHA_SEALS)),
        ("keys", settings.ARASHA_KEYS),
    ]


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above that is there."""
    return next(place for place in [folder, *folder.parents] if place.exists())
