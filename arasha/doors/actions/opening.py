"""Opening letters, as the worker: a telling becomes a signal with an owner, what was added comes into its file."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.doors import policy, rules
from arasha.doors.models import Addition
from arasha.doors.queries.tellers import link, place_of
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.queries import read_letter
from arasha.obligations.actions import raise_for
from arasha.people.actions import note_communication
from arasha.people.queries import child_of
from arasha.signals.actions import report_signal
from arasha.signals.models import Signal
from arasha.signals.rules import DOORS

log = logging.getLogger(__name__)
BATCH = 20
# In which language somebody wrote, as the people's list has it.
LANGUAGES = {"kk": "kazakh", "ru": "russian", "en": "english"}


def open_letters(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Open the eldest letters, each for itself; return how many were opened.

    One that does not open or that nobody could own is left, said in the log without a word of it, and tried again
    later, and again; it is never given up and holds no other up. Raises NotAllowed for all but the clock's work.
    """
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, version, sealed, dossier, received_at FROM doors.take_letters(%s)", [limit])
        rows = cursor.fetchall()
    return sum(_opened(actor, row, now) for row in rows)


def _opened(actor: Actor, row: tuple[Any, ...], now: datetime) -> bool:
    letter, kind, version, sealed, dossier, received_at = row
    try:
        with transaction.atomic():
            words = read_letter(version, sealed, about=rules.about_letter(kind, letter)).decode()
            file = (
                _told(actor, words, now)
                if kind == "tell"
                else add_to_file(
                    actor=actor, dossier=dossier, words=words, ticket=letter, received_at=received_at, now=now
                )
            )
            _run("letter_opened", letter, file)
    except Exception as error:
        log.error("a letter was left: %s", type(error).__name__)
        _run("letter_left", letter)
        return False
    return True


@sensitive_variables()
def _told(actor: Actor, words: str, now: datetime) -> UUID:
    telling = rules.Telling.from_json(words)
    signal = report_signal(actor=actor, report=rules.report_of(telling), now=now)
    child = child_of(signal.dossier_id) if telling.of_self and telling.worker != "either" else None
    if child is not None:
        spoken = [LANGUAGES[telling.language]] if telling.language in LANGUAGES else []
        given: dict[str, Any] = {"languages": spoken, "ways": [], "interpreter": "none", "worker": telling.worker}
        note_communication(actor=actor, person=child.pk, now=now, **given)
    file: UUID = signal.dossier_id
    return file


@sensitive_variables()
def add_to_file(*, actor: Actor, dossier: UUID, words: str, ticket: UUID, received_at: datetime, now: datetime) -> UUID:
    """Put what a teller added into their file; the same ticket twice is one. Like telling, the act names nobody.

    Raises NotAllowed for all but the clock's work.
    """
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    if Addition.objects.filter(pk=ticket).exists():
        return dossier
    row = ticket
    codes = {"facet": Facet.NARRATIVE}
    with act(verb="add_to_telling", stream=dossier_stream(dossier), now=now, codes=codes, sealed_actor=True):
        sealed = seal_text(words, row=row, **place_of(dossier, "doors_addition"))
        Addition(id=row, dossier_id=dossier, received_at=received_at, sealed=sealed).save(force_insert=True)
        file = Dossier.objects.get(pk=dossier)
        notify(
            actor=actor,
            units=[unit for unit in [file.lead_unit_id] if unit],
            code="teller_wrote",
            link=link(dossier),
            dossier=dossier,
            now=now,
        )
    raise_for(
        actor=actor,
        dossier=dossier,
        event="add_to_telling",
        codes={"reporter": DOORS[Signal.objects.get(dossier=dossier).door].more["reporter"]},
        territory=file.territory_id,
        from_moment=now,
        now=now,
    )
    return dossier


def _run(function: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT doors.{function}({', '.join(['%s'] * len(given))})", given)
