"""Silences of files: each is noticed once, kept true, answered for and ends by itself; muting one."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.models import Case
from arasha.coordination import policy, queries
from arasha.coordination.models import Silence
from arasha.coordination.rules import watching as silent
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED, Named

BATCH = 200
NOTICED = "notice_silence"


class SilenceNotThere(LookupError):
    """There is no such silence for this actor, it has ended, or it is not theirs to mute."""


class _Due(NamedTuple):
    dossier: UUID
    rule: str
    level: str
    since: datetime
    lead: int


class _Asked(NamedTuple):
    silence: UUID
    dossier: UUID
    rule: str
    level: str
    lead: int
    # What is owed already covers it.
    standing: bool


def notice_silences(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, notice the silences that are due, the oldest first: an act each, and word to the lead.

    Returns how many were noticed.
    """
    with transaction.atomic():
        for row in (due := _rows("SELECT * FROM coordination.silences_to_notice(%s, %s)", now, limit)):
            _notice(actor, _Due(*row), now)
    return len(due)


def end_silences(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, end the silences of which nothing is left; returns how many."""
    ids = [row[0] for row in _rows("SELECT id FROM coordination.silences_to_end(%s, %s)", now, limit)]
    for silence in ids:
        with transaction.atomic():
            _end(actor, silence, now)
    return len(ids)


def date_silences(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, put right since when silences last: something was written down late. Returns how many."""
    found = _rows("SELECT * FROM coordination.silences_to_date(%s, %s)", now, limit)
    for silence, since in found:
        with transaction.atomic():
            _change(silence, "date_silence", None, now, since=since)
    return len(found)


def cut_mutes(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, shorten mutes to what the risk allows now; the lead hears. Returns how many."""
    longest = silent.MUTED_URGENT.days
    found = _rows("SELECT * FROM coordination.mutes_to_cut(%s, %s, %s)", local(now).date(), longest, limit)
    for silence, until in found:
        with transaction.atomic():
            # Its act says that the risk is higher now: it is for who reads the risk.
            row = _change(silence, "cut_mute", Facet.CONCERN, now, muted_until=until)
            if row is not None:
                lead = Case.objects.values_list("lead_unit_id", flat=True).get(dossier=row.dossier_id)
                _tell(actor, lead, row.dossier_id, now)
    return len(found)


def ask_answers(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, let whoever leads a case owe saying what is done about its silences, as pressing as the risk is.

    At high risk at once, at medium risk or one that nobody judged when it lasts twice as long; again when the risk
    rises, and when it lasts on although an answer was given. Returns how many were looked at.
    """
    asked = "SELECT * FROM coordination.silences_to_answer(%s, %s, %s)"
    with transaction.atomic():
        found = [_Asked(*row) for row in _rows(asked, now, local(now).date(), limit)]
        for one in found:
            _rows("SELECT coordination.answer_asked(%s::uuid, %s, %s)", one.dossier, one.rule, now)
            if not one.standing:
                _oblige(actor, one, now)
    return len(found)


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


def _rows(query: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _notice(actor: Actor, due: _Due, now: datetime) -> None:
    _rows("SELECT coordination.mark_silence(%s::uuid, %s, true)", due.dossier, due.rule)
    if Silence.objects.filter(dossier=due.dossier, rule=due.rule, ended_at=None).exists():
        return
    facet = silent.facet(due.rule)
    row = Silence(id=uuid4(), dossier_id=due.dossier, facet=int(facet), rule=due.rule)
    row.since, row.noticed_at = due.since, now
    codes = {"facet": facet, "silence": due.rule}
    with act(verb=NOTICED, stream=dossier_stream(due.dossier), now=now, codes=codes):
        row.save(force_insert=True)
        _tell(actor, due.lead, due.dossier, now)


def _tell(actor: Actor, lead: int, dossier: UUID, now: datetime) -> None:
    link = queries.silences_link(dossier)
    notify(actor=actor, units=[lead], code="silence_noticed", link=link, dossier=dossier, now=now)


def _oblige(actor: Actor, asked: _Asked, now: datetime) -> None:
    territory = Dossier.objects.values_list("territory_id", flat=True).get(pk=asked.dossier)
    raise_for(
        actor=actor,
        dossier=asked.dossier,
        event=NOTICED,
        codes={"level": asked.level},
        territory=territory or "",
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=Named(unit=asked.lead, about=asked.silence),
    )


def _end(actor: Actor, silence: UUID, now: datetime) -> None:
    row = _change(silence, "end_silence", None, now, ended_at=now)
    if row is None:
        return
    _rows("SELECT coordination.mark_silence(%s::uuid, %s, false)", row.dossier_id, row.rule)
    duties = Obligation.objects.filter(about=row.pk, state__in=[str(state) for state in OWED])
    for duty in duties.values_list("pk", flat=True):
        settle(actor=actor, obligation=duty, answer="", outcome="", now=now)


def _change(silence: UUID, verb: str, facet: Facet | None, now: datetime, **fields: Any) -> Silence | None:
    """Change a silence that lasts, by an act; returns None where it has ended meanwhile."""
    row = Silence.objects.select_for_update(of=("self",)).filter(pk=silence, ended_at=None).first()
    if row is None:
        return None
    codes = {"facet": facet or row.facet, "silence": row.rule}
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
    return row
