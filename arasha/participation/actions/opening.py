"""Opening words, as the worker: what tells of harm becomes a signal within seconds, other words wait for a reader."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.models import Case
from arasha.kernel.access.actions import bar
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.queries import open_text, read_letter
from arasha.kernel.vault.rules import Scope
from arasha.participation import policy, rules
from arasha.participation.actions.rounds import REASON, round_of
from arasha.participation.models import Round, Text
from arasha.services.models import Offering
from arasha.signals.actions import report_signal
from arasha.signals.rules import Report

log = logging.getLogger(__name__)
BATCH = 20
LINK = "/feedback/"
# The case that a way back leads to, and the offering; None where it leads nowhere.
Whose = tuple[Case | None, Offering | None]


def open_words(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Open words that came in, each for itself; return how many were opened.

    One that can't be opened now is left, said in the log without a word of it, and tried again; it holds no other up.
    Raises NotAllowed for all but the clock's work.
    """
    if not policy.is_worker(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, period, version, sealed FROM participation.take_words(%s)", [limit])
        rows = cursor.fetchall()
    return sum(_opened(actor, row, now) for row in rows)


def raise_danger(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Make signals of words in which a reader found harm; return how many. Raises NotAllowed."""
    if not policy.is_worker(actor):
        raise policy.NotAllowed
    found = Text.objects.filter(state="danger").select_for_update(skip_locked=True, of=("self",))
    return sum(_raised(actor, row, now) for row in found.select_related("round")[:limit])


@sensitive_variables()
def _opened(actor: Actor, row: tuple[UUID, str, int, bytes], now: datetime) -> bool:
    letter, period, version, sealed = row
    try:
        with transaction.atomic():
            said = rules.Said.from_json(read_letter(version, sealed, about=rules.about("words", letter)))
            if said.help or said.words.strip():
                _kept(actor, said, period, now)
            _run("letter_done", letter)
    except Exception as problem:
        log.error("words of feedback were left: %s", type(problem).__name__)
        _run("letter_left", letter)
        return False
    return True


@sensitive_variables()
def _kept(actor: Actor, said: rules.Said, period: str, now: datetime) -> None:
    """Make a signal of words that tell of harm; keep others for a reader, with the sealed way back."""
    offering = _offering(said.offering)
    level = "now" if said.help else rules.may_tell_of_harm(said.words)
    link = bytes.fromhex(said.link)
    if level == "now":
        case, _same = _way_back(link, said.version)
        _signal(actor, (case, offering), offering.site.territory_id, said.words, now)
        return
    found = round_of(actor=actor, offering=offering, period=period, now=now)
    row = uuid4()
    with act(verb="keep_feedback", stream=dossier_stream(found.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}):
        text = Text(id=row, round=found, dossier_id=found.dossier_id, language=said.language, marked=level == "read")
        text.sealed = seal_text(said.words, row=row, **_place(found))
        text.link, text.version = link, said.version
        text.save(force_insert=True)
    lead = Dossier.objects.get(pk=found.dossier_id).lead_unit_id
    if level == "read" and lead:
        notify(actor=actor, units=[lead], code="feedback_words", link=LINK, dossier=found.dossier_id, now=now)


@sensitive_variables()
def _raised(actor: Actor, text: Text, now: datetime) -> bool:
    try:
        with transaction.atomic():
            words = open_text(text.sealed, row=text.pk, **_place(text.round))
            case, offering = _way_back(bytes(text.link or b""), text.version)
            known = offering or text.round.offering_id
            _signal(actor, (case, _offering(known) if known else None), text.round.place_id, words, now)
            with act(
                verb="raise_feedback", stream=dossier_stream(text.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}
            ):
                text.state, text.link = "raised", None
                text.save(update_fields=["state", "link"])
    except Exception as problem:
        log.error("a reader's finding waits: %s", type(problem).__name__)
        return False
    return True


@sensitive_variables()
def _signal(actor: Actor, whose: Whose, place: str, words: str, now: datetime) -> None:
    """Report a child's words as the child's own, out of its file; the service's people are kept from the signal."""
    case, offering = whose
    report = Report(
        door="child",
        territory=case.territory_id if case else place,
        concerns=("other",),
        safe_now="unknown",
        suspect_has_access="unknown",
        child_called=case.child_called if case else "",
        child_age=case.child_age if case else None,
        child_sex=case.child_sex if case else "unknown",
        narrative=words,
        whereabouts=case.number if case else "",
    )
    signal = report_signal(actor=actor, report=report, now=now)
    lead = Dossier.objects.select_related("lead_unit").get(pk=signal.dossier_id).lead_unit
    body = offering.site.provider.body_id if offering else None
    # Where coordination gives the service itself, somebody must read the signal all the same.
    if body is not None and lead is not None and lead.body_id != body:
        stream = dossier_stream(signal.dossier_id)
        with act(verb="bar_person", stream=stream, now=now, codes={"facet": Facet.CONCERN}):
            bar(dossier=signal.dossier_id, body_id=body, reason=REASON)


def _way_back(link: bytes, version: int) -> tuple[Case | None, UUID | None]:
    """Return case and offering that the way back leads to. The words are heard also where it leads nowhere."""
    try:
        both = read_letter(version, link, about=rules.FILE)
    except Exception as problem:
        log.error("a way back did not open: %s", type(problem).__name__)
        return None, None
    return Case.objects.filter(dossier=UUID(bytes=both[:16])).first(), UUID(bytes=both[16:])


def _offering(offering: UUID | str) -> Offering:
    return Offering.objects.select_related("site__provider").get(pk=offering)


def _place(found: Round) -> dict[str, Any]:
    return {"scope": Scope("dossier", found.dossier_id, "narrative"), "table": "participation_text", "column": "sealed"}


def _run(function: str, letter: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT participation.{function}(%s)", [letter])
