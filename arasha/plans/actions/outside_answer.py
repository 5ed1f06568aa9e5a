"""What comes over a link: posted sealed by the public's process, taken in by the clock as ordinary steps."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.queries import letter_key, read_letter
from arasha.kernel.vault.rules import seal_letter
from arasha.kernel.worktime.rules import local
from arasha.plans import policy, queries
from arasha.plans.actions.outside_ends import end_link
from arasha.plans.actions.place_steps import take_step
from arasha.plans.actions.referral_duties import add_referral_step
from arasha.plans.models import OutsideLink, Referral
from arasha.plans.queries import outside_link as links
from arasha.plans.rules import outside_link as rules
from arasha.plans.rules.places import StepNotPossible

log = logging.getLogger(__name__)
BATCH = 20


class NotTaken(Exception):
    """The link opens no more, or an answer is being taken in: nothing was kept, and whoever sent it must be told."""


@sensitive_variables()
def post_outside(
    *, actor: Actor | None, opened: links.OutsideOpened, said: rules.Answer, letter: UUID, now: datetime
) -> None:
    """Take in an answer over a link. Nobody acts (`actor` is None): it runs as the role of the public's process.

    Sent twice with one `letter` it is one answer. Raises AnswerFaulty, NotTaken, LetterTooLong.
    """
    if actor is not None:
        raise ValueError("who answers over a link is not signed in")
    rules.check_answer(said, opened.state, local(now).date())
    version, public = letter_key()
    sealed = seal_letter(public, said.to_json(), about=rules.about(letter))
    last = rules.is_last(said.what, opened.state)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plans.answer_outside(%s, %s, %s, %s, %s, %s)",
            [opened.lock.found, opened.lock.proof, letter, version, sealed, last],
        )
        if not cursor.fetchone()[0]:
            raise NotTaken


def take_outside(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, take in what came over links, each for itself; returns how many were.

    One that can't be taken in now is left, said in the log without a word of it, and tried again. Raises NotAllowed.
    """
    if not policy.may_watch_places(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, link, kind, version, sealed, came_at FROM plans.take_outside(%s)", [limit])
        rows = cursor.fetchall()
    return sum(_taken(actor, row, now) for row in rows)


@sensitive_variables()
def _taken(actor: Actor, row: tuple[Any, ...], now: datetime) -> bool:
    letter, link_id, kind, version, sealed, _came = row
    try:
        with transaction.atomic():
            link = OutsideLink.objects.get(pk=link_id)
            if kind == "opened":
                _note_opened(actor, link, now)
            elif kind == "wrong":
                end_link(actor, link, "wrong", now, tell=True)
            else:
                words = read_letter(version, sealed, about=rules.about(letter))
                _hear(actor, link, rules.Answer.from_json(words), now)
            _run("outside_done", letter)
    except Exception as error:
        log.error("what came over a link was left: %s", type(error).__name__)
        _run("outside_left", letter)
        return False
    return True


def _note_opened(actor: Actor, link: OutsideLink, now: datetime) -> None:
    """Write down that somebody outside read the referral; the first time it stands among its steps, too."""
    row = Referral.objects.select_related("place").get(pk=link.referral_id)
    with act(verb="open_outside_link", stream=dossier_stream(link.dossier_id), now=now, codes=_told(row)):
        link = OutsideLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        first, link.opens = link.opened_at is None, min(link.opens + 1, 30_000)
        link.opened_at = link.opened_at or now
        link.save(update_fields=["opened_at", "opens"])
        if first:
            row = Referral.objects.select_for_update(of=("self",)).get(pk=row.pk)
            row.steps, row.seen_at = row.steps + 1, row.seen_at or now
            row.save(update_fields=["steps", "seen_at"])
            add_referral_step(row, "link_opened", actor, now)


@sensitive_variables()
def _hear(actor: Actor, link: OutsideLink, said: rules.Answer, now: datetime) -> None:
    """Take an answer as the step that it is; where the referral stands otherwise by now its words are kept all the
    same."""
    row = Referral.objects.select_related("place").get(pk=link.referral_id)
    before = row.place.state
    try:
        with transaction.atomic():
            rules.check_answer(said, before, local(now).date())
            if said.what == "feed_back" and row.fed_back_at is not None:
                raise rules.AnswerFaulty("what")
            _note(actor, row, "link_answer", [said.name], now)
            step = rules.step_of(said, row.place.urgency, row.place.why)
            if step is None:
                _feed_back(actor, row, said.words, now)
            else:
                take_step(actor, row.place, step, now, seen=None)
    except (rules.AnswerFaulty, StepNotPossible):
        label = rules.ANSWERS[said.what].name_kk if said.what in rules.ANSWERS else ""
        _note(actor, row, "link_late", [said.name, label, said.on, said.words], now)
    if rules.is_last(said.what, before):
        end_link(actor, link, "answered", now)


@sensitive_variables()
def _note(actor: Actor, row: Referral, step: str, words: list[str], now: datetime) -> None:
    with act(verb="answer_outside_link", stream=dossier_stream(row.dossier_id), now=now, codes=_told(row)):
        held = Referral.objects.select_for_update(of=("self",)).get(pk=row.pk)
        held.steps += 1
        held.save(update_fields=["steps"])
        add_referral_step(held, step, actor, now, words="\n".join(filter(None, (one.strip() for one in words))))
        units = sorted({row.from_unit_id, *filter(None, [queries.lead_of(row.dossier_id)])})
        link = queries.referral_link(row.pk)
        notify(actor=actor, units=units, code="outside_answered", link=link, dossier=row.dossier_id, now=now)


@sensitive_variables()
def _feed_back(actor: Actor, row: Referral, words: str, now: datetime) -> None:
    """Keep what came of the help; after it has ended this keeps the promise."""
    with act(verb="feed_back_referral", stream=dossier_stream(row.dossier_id), now=now, codes=_told(row)):
        held = Referral.objects.select_for_update(of=("self",)).get(pk=row.pk)
        held.steps, held.fed_back_at = held.steps + 1, now if row.place.state == "ended" else None
        held.save(update_fields=["steps", "fed_back_at"])
        add_referral_step(held, "feed_back", actor, now, words=words)


def _told(row: Referral) -> dict[str, Any]:
    """Return the codes of an act of somebody outside: which service's body it was, and which referral; never whose."""
    codes = {"facet": Facet.PLAN, "by": "outside", "referral": str(row.pk), "unit": row.from_unit_id}
    return codes | {"service": row.place.service, "offering": str(row.place.offering_id)}


def _run(function: str, letter: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT plans.{function}(%s)", [letter])
