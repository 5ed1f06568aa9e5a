"""Noticing what nobody does: files are watched, each silence is noticed once and ends by itself; muting one."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.coordination import policy, queries
from arasha.coordination.models import IdleVerb, Silence, SilenceLimit
from arasha.coordination.rules import watching as silent
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.queries import about
from arasha.obligations.rules import OWED, Named, State

BATCH = 200
# So many acts are read in one go: more were written while nobody watched.
ACTS = 50_000
FILES = 2_000
NOTICED = "notice_silence"
FIRST = UUID(int=0)


class SilenceNotThere(LookupError):
    """There is no such silence for this actor, it has ended, or it is not theirs to mute."""


class _Due(NamedTuple):
    dossier: UUID
    rule: str
    level: str
    since: datetime
    lead: int


def load_silences(*, actor: Actor, now: datetime, using: str = "owner") -> int:
    """Bring limits and idle verbs to what the data says; returns how many rows changed. Raises Refused."""
    if not (actor.is_system and actor.purpose == "load_reference"):
        raise Refused
    known = {(row.rule, row.level): (row.facet, row.days) for row in SilenceLimit.objects.using(using).all()}
    wanted = silent.limits()
    verbs, idle = set(IdleVerb.objects.using(using).values_list("verb", flat=True)), silent.idle_verbs()
    changed = {key for key in known.keys() | wanted.keys() if known.get(key) != wanted.get(key)}
    with transaction.atomic(using=using):
        for rule, level in changed:
            SilenceLimit.objects.using(using).filter(rule=rule, level=level).delete()
            if (rule, level) in wanted:
                facet, days = wanted[rule, level]
                SilenceLimit.objects.using(using).create(rule=rule, level=level, facet=facet, days=days)
        IdleVerb.objects.using(using).filter(verb__in=verbs - idle).delete()
        for verb in idle - verbs:
            IdleVerb.objects.using(using).create(verb=verb)
    return len(changed) + len(verbs ^ idle)


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


def notice_silences(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, notice the silences that are due, the oldest first: an act each, and word to the lead.

    At high risk the lead owes saying what is done about it. Returns how many were noticed.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM coordination.silences_to_notice(%s, %s)", [now, limit])
            due = [_Due(*row) for row in cursor.fetchall()]
        for one in due:
            _notice(actor, one, now)
    return len(due)


def end_silences(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, end the silences of which nothing is left; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM coordination.silences_to_end(%s, %s)", [now, limit])
        ids = [row[0] for row in cursor.fetchall()]
    for silence in ids:
        with transaction.atomic():
            _end(actor, silence, now)
    return len(ids)


@sensitive_variables()
def mute_silence(*, actor: Actor, silence: UUID, reason: str, words: str, until: date | None, now: datetime) -> Silence:
    """Mute a silence until a day, with a reason and words; it goes on, and comes back that day if it lasts.

    Raises SilenceNotThere; MuteFaulty (`rules.watching.check_mute`).
    """
    with transaction.atomic():
        row = Silence.objects.select_for_update(of=("self",)).filter(pk=silence, ended_at=None).first()
        if row is None or not policy.may_mute(actor, row, queries.level_of(row.dossier_id)):
            raise SilenceNotThere
        silent.check_mute(reason, words, until, queries.level_of(row.dossier_id), local(now).date())
        row.muted_at, row.muted_until, row.mute_reason = now, until, reason
        row.muted_by_id, row.muter_id = actor.unit_id, actor.user_id
        row.sealed = seal_text(words.strip(), row=row.pk, **queries.mute_place(row))
        codes = {"facet": row.facet, "unit": actor.unit_id, "silence": row.rule, "reason": reason}
        with act(verb="mute_silence", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.save(
                update_fields=["muted_at", "muted_until", "mute_reason", "muted_by", "muter", "sealed"],
            )
    return row


def _notice(actor: Actor, due: _Due, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination.noticed(%s::uuid, %s)", [due.dossier, due.rule])
    if Silence.objects.filter(dossier=due.dossier, rule=due.rule, ended_at=None).exists():
        return
    facet = silent.facet(due.rule)
    row = Silence(id=uuid4(), dossier_id=due.dossier, facet=int(facet), rule=due.rule)
    row.since, row.noticed_at = due.since, now
    codes = {"facet": facet, "silence": due.rule}
    with act(verb=NOTICED, stream=dossier_stream(due.dossier), now=now, codes=codes):
        row.save(force_insert=True)
        link = queries.silences_link(due.dossier)
        notify(actor=actor, units=[due.lead], code="silence_noticed", link=link, dossier=due.dossier, now=now)
    if due.level in silent.URGENT:
        _oblige(actor, row, due, now)


def _oblige(actor: Actor, row: Silence, due: _Due, now: datetime) -> None:
    territory = Dossier.objects.values_list("territory_id", flat=True).get(pk=due.dossier)
    raise_for(
        actor=actor,
        dossier=due.dossier,
        event=NOTICED,
        codes={"level": due.level},
        territory=territory or "",
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=Named(unit=due.lead, about=row.pk),
    )


def _end(actor: Actor, silence: UUID, now: datetime) -> None:
    row = Silence.objects.select_for_update(of=("self",)).filter(pk=silence, ended_at=None).first()
    if row is None:
        return
    codes = {"facet": row.facet, "silence": row.rule}
    with act(verb="end_silence", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    duty = about([row.pk]).get(row.pk)
    if duty is not None and State(duty.state) in OWED:
        settle(actor=actor, obligation=duty.pk, answer="", outcome="", now=now)
