"""Watching files for silences: rules as reference data, files in which something was done, and every file at night."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from arasha.coordination.models import IdleVerb, SilenceLimit, SilenceRule
from arasha.coordination.rules import watching as silent
from arasha.kernel.access.rules import Actor, Refused

# So many acts are read in one go: more were written while nobody watched.
ACTS = 50_000
FILES = 2_000
FIRST = UUID(int=0)
RULED = ("times", "within_days", "longest_days", "valid_from", "valid_until")


def load_silences(*, actor: Actor, now: datetime, using: str = "owner") -> int:
    """Bring rules, limits and idle verbs to what the data says; returns how many rows changed. Raises Refused."""
    if not (actor.is_system and actor.purpose == "load_reference"):
        raise Refused
    with transaction.atomic(using=using):
        return _load_rules(using) + _load_limits(using) + _load_verbs(using)


def watch_files(*, actor: Actor, now: datetime) -> int:
    """As the clock, look again at the files in which something was done; returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coordination.watch_again(%s)", [ACTS])
        return int(cursor.fetchone()[0])


def mend_watch(*, actor: Actor, now: datetime, batch: int = FILES) -> int:
    """As the clock at night, look at every open case; returns how many rows of the watch were wrong."""
    wrong, last = 0, FIRST
    while last is not None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT last, wrong FROM coordination.watch_all(%s::uuid, %s)", [last, batch])
            last, found = cursor.fetchone()
            wrong += found
    return wrong


def _load_rules(using: str) -> int:
    kept, wanted = SilenceRule.objects.using(using), silent.validity()
    known = {rule: tuple(rest) for rule, *rest in kept.values_list("rule", *RULED)}
    kept.filter(rule__in=known.keys() - wanted.keys()).delete()
    changed = {rule: row for rule, row in wanted.items() if known.get(rule) != row}
    for rule, row in changed.items():
        kept.update_or_create(rule=rule, defaults=dict(zip(RULED, row, strict=True)))
    return len(changed) + len(known.keys() - wanted.keys())


def _load_limits(using: str) -> int:
    kept, wanted = SilenceLimit.objects.using(using), silent.limits()
    known = {(row.rule, row.level): row.days for row in kept.all()}
    changed = {key for key in known.keys() | wanted.keys() if known.get(key) != wanted.get(key)}
    for rule, level in changed:
        kept.filter(rule=rule, level=level).delete()
        if (rule, level) in wanted:
            kept.create(rule=rule, level=level, days=wanted[rule, level])
    return len(changed)


def _load_verbs(using: str) -> int:
    kept, idle = IdleVerb.objects.using(using), silent.idle_verbs()
    verbs = set(kept.values_list("verb", flat=True))
    kept.filter(verb__in=verbs - idle).delete()
    for verb in idle - verbs:
        kept.create(verb=verb)
    return len(verbs ^ idle)
