"""Who came to an item, and how the child was heard before it is decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import place
from arasha.conferences import policy, queries
from arasha.conferences.actions.agenda import kept_item, locked, told
from arasha.conferences.actions.errors import ItemChanged, NotThere
from arasha.conferences.models import Item, Minutes, Seat, Voice, VoiceWords
from arasha.conferences.rules import Faulty, Mark, VoiceSaid
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local


def mark_seats(*, actor: Actor, item: UUID, marks: Mapping[int, Mark], now: datetime) -> Item:
    """Record for each of these units whether it came, is represented, stayed away or steps aside.

    Raises NotThere; NotAllowed; ItemChanged: it was put off, or its minutes are confirmed; Faulty, field: the unit.
    """
    row = kept_item(actor, item)
    for unit, mark in marks.items():
        try:
            mark.check()
        except Faulty as faulty:
            raise Faulty(*((str(unit), code) for _field, code in faulty.faults)) from None
    with (
        transaction.atomic(),
        act(verb="mark_attendance", stream=dossier_stream(row.dossier_id), now=now, codes=told(row)),
    ):
        row = locked(row.pk)
        if row.state not in {"on", "decided"} or Minutes.objects.filter(item=row).exists():
            raise ItemChanged
        for seat in Seat.objects.select_for_update(of=("self",)).filter(item=row, unit__in=marks):
            mark = marks[seat.unit_id]
            if (seat.standing, seat.reason) != (mark.standing, mark.reason):
                seat.standing, seat.reason, seat.marked_at = mark.standing, mark.reason, now
                seat.save(update_fields=["standing", "reason", "marked_at"])
    return row


@sensitive_variables("said")
def hear_child(*, actor: Actor, item: UUID, said: VoiceSaid, now: datetime, seen: int = 0) -> Voice:
    """Record what the child wishes and who may hear its words; `seen`: the revision that the page showed, 0 for none.

    A later choice takes the earlier one's place: words said under it are closed to everybody but who wrote them.
    Raises NotThere; NotAllowed; ItemChanged: a colleague recorded another answer; Faulty.
    """
    said.check(local(now).date())
    said = said.kept()
    row = queries.item_of(actor, item)
    if row is None:
        raise NotThere
    if not policy.may_hear_child(actor, row):
        raise policy.NotAllowed
    if said.hearer is not None and said.hearer not in queries.colleagues(row, now):
        raise Faulty(("hearer", "choose"))
    with transaction.atomic(), act(verb="hear_child", stream=dossier_stream(row.dossier_id), now=now, codes=told(row)):
        voice = Voice.objects.select_for_update(of=("self",)).filter(item=row).first()
        if (voice.revision if voice else 0) != seen:
            raise ItemChanged
        is_new = voice is None
        voice = voice or Voice(id=uuid4(), item=row, dossier_id=row.dossier_id, revision=0)
        voice.revision, voice.at, voice.unit_id = seen + 1, now, cast(int, actor.unit_id)
        voice.how, voice.reason, voice.hears = said.how, said.reason, said.hears
        voice.said_on, voice.hearer_id = said.said_on, said.hearer
        voice.save(force_insert=is_new)
        if said.words:
            _seal(actor, voice, said.words)
    return voice


@sensitive_variables("words")
def _seal(actor: Actor, voice: Voice, words: str) -> None:
    row = VoiceWords(id=uuid4(), voice=voice, item_id=voice.item_id, dossier_id=voice.dossier_id)
    row.revision, row.user_id = voice.revision, cast(int, actor.user_id)
    here = place(voice.dossier_id, Facet.OBLIGATIONS, "conferences_voicewords")
    row.sealed = seal_text(words, row=str(row.pk), **here)
    row.save(force_insert=True)
