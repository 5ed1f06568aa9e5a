"""Closing a case: the lead proposes, a supervisor decides with what is still owed in view; opening it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import actions as cases
from arasha.cases.models import Case
from arasha.cases.queries import of_dossiers
from arasha.coordination import policy, queries, rules
from arasha.coordination.models import Closing, ClosingWords
from arasha.coordination.rules.closing import ClosingFaulty, ClosingSaid
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle, waive
from arasha.obligations.models import Obligation
from arasha.obligations.rules import Named

DECIDED = ("state", "over", "decided_at", "decided_by", "decider", "reopened_at", "reopened_why")
PROPOSED, CLOSED, FILE_CLOSED = "propose_closing", "close_case", "file_closed"


@dataclass(frozen=True)
class _By:
    """Who does it, and when."""

    actor: Actor
    now: datetime


class ClosingNotThere(LookupError):
    """There is no such case or closing for this actor, or it is not theirs to propose, decide or open."""


class ClosingStands(Exception):
    """Closing is proposed already, or the case is closed."""


class ClosingBlocked(Exception):
    """Something is owed that blocks the closing, and no reason was given to close all the same; `duties` say what."""

    def __init__(self, duties: list[Obligation]) -> None:
        super().__init__(f"{len(duties)} duties block it")
        self.duties = duties


class OwnDuty(Exception):
    """Whoever decides owes something in the file themselves: that is to be done first, nobody ends their own."""


@sensitive_variables()
def propose_closing(*, actor: Actor, dossier: UUID, said: ClosingSaid, now: datetime) -> Closing:
    """Propose to close a case, as who leads it; a supervisor owes a decision on it.

    Nothing that is owed keeps anybody from proposing: the page says what blocks it.

    Raises ClosingNotThere, ClosingStands, ClosingFaulty (`rules.closing.check_closing`).
    """
    rules.check_closing(said, local(now).date())
    with transaction.atomic():
        case = _led(actor, dossier)
        row = _row(actor, case, said, now)
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "reason": said.reason}
        with act(verb="propose_closing", stream=dossier_stream(dossier), now=now, codes=codes):
            if queries.closing_stands(dossier):
                raise ClosingStands
            row.save(force_insert=True)
            _words(_By(actor, now), row, Facet.PLAN, "reached", said.reached)
            _words(_By(actor, now), row, Facet.PLAN, "child", said.child_words)
        led_by = "coordination" if "coordination_district" in actor.functions else "other"
        raised = _raised(_By(actor, now), case, PROPOSED, {"led_by": led_by}, Named(about=row.pk))
        _let_oversee(actor, dossier, raised, now)
    return row


def withdraw_closing(*, actor: Actor, closing: UUID, now: datetime) -> Closing:
    """Take a proposal back, as who leads the case. Raises ClosingNotThere."""
    with transaction.atomic():
        row = _proposed(closing)
        _led(actor, row.dossier_id)
        row.state = "withdrawn"
        _decide(_By(actor, now), row, "withdraw_closing", {})
        _settle(actor, row, "", now)
    return row


@sensitive_variables()
def decide_closing(
    *, actor: Actor, closing: UUID, close: bool, words: str, now: datetime, over: bool = False
) -> Closing:
    """Close a case, or refuse to, as its supervisor: never who proposed it.

    With `over` it is closed although something is owed that blocks it: `words` say why. What is owed ends as waived;
    the lead owes asking how the child is on the day that was proposed.

    Raises ClosingNotThere, ClosingBlocked, OwnDuty; ClosingFaulty("words").
    """
    if not words.strip() or len(words) > rules.LONGEST_CLOSING:
        raise ClosingFaulty("words")
    with transaction.atomic():
        row = _proposed(closing)
        if not policy.may_decide_closing(actor, row):
            raise ClosingNotThere
        owed = queries.owed_besides(row)
        blocking = [duty for duty in owed if queries.blocks_closing(duty)]
        if close and blocking and not over:
            raise ClosingBlocked(blocking)
        row.state, row.over = ("closed" if close else "refused"), close and bool(blocking)
        row.decided_at, row.decided_by_id, row.decider_id = now, actor.unit_id, actor.user_id
        codes = {"reason": row.reason, "over": row.over}
        _decide(_By(actor, now), row, "approve_closing" if close else "refuse_closing", codes, words)
        # The word of the list alone: whoever owes something in the file reads the answers to its duties.
        _settle(actor, row, rules.CLOSING_STATES.label(row.state), now)
        if close:
            _close(actor, row, owed, now)
    return row


@sensitive_variables()
def reopen(*, actor: Actor, dossier: UUID, reason: str, words: str, now: datetime) -> Closing:
    """Open a closed case again, as who led or oversees it; it goes on with the lead and the plan that it had.

    Raises ClosingNotThere; ClosingFaulty for an unknown reason, or more words than are kept.
    """
    if reason not in rules.REOPENING_REASONS:
        raise ClosingFaulty("reason")
    if len(words) > rules.LONGEST_CLOSING:
        raise ClosingFaulty("words")
    with transaction.atomic():
        row = Closing.objects.select_for_update(of=("self",)).filter(dossier=dossier, state="closed").first()
        if row is None or not policy.may_reopen(actor, dossier):
            raise ClosingNotThere
        cases.reopen_case(actor=actor, dossier=dossier, reason=reason, now=now)
        row.state, row.reopened_at, row.reopened_why = "reopened", now, reason
        _decide(_By(actor, now), row, "note_reopening", {"reason": reason}, words)
    return row


def _close(actor: Actor, row: Closing, owed: list[Obligation], now: datetime) -> None:
    # The word of the list alone: whoever owed something reads it, and is to learn nothing of why.
    over = rules.CLOSING_STATES.label("closed")
    for duty in owed:
        try:
            waive(actor=actor, obligation=duty.pk, reason=FILE_CLOSED, words=over, now=now)
        except PermissionError as own:  # nobody ends what their own unit owes
            raise OwnDuty from own
    case = cases.close_case(actor=actor, dossier=row.dossier_id, reason=row.reason, now=now)
    named = Named(unit=case.lead_unit_id, until=row.follow_up_on, about=row.pk)
    _raised(_By(actor, now), case, CLOSED, {}, named)
    link = queries.closing_link(row.dossier_id)
    notify(actor=actor, units=[case.lead_unit_id], code="case_closed", link=link, dossier=row.dossier_id, now=now)


def _decide(by: _By, row: Closing, verb: str, codes: dict[str, Any], words: str = "") -> None:
    """Write how a closing stands now, in one act, with what was said."""
    told = {"facet": Facet.OBLIGATIONS, "unit": by.actor.unit_id} | codes
    kind = "reopened" if row.state == "reopened" else "decision"
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=by.now, codes=told):
        row.save(update_fields=[*DECIDED])
        _words(by, row, Facet.OBLIGATIONS, kind, words)


def _settle(actor: Actor, row: Closing, words: str, now: datetime) -> None:
    duty = queries.closing_duty(row)
    if duty is not None:
        settle(actor=actor, obligation=duty.pk, answer=words, outcome="", now=now)


def _led(actor: Actor, dossier: UUID) -> Case:
    case = of_dossiers([dossier]).get(dossier)
    if case is None or case.state != "open" or not policy.may_propose_closing(actor, case):
        raise ClosingNotThere
    return case


def _proposed(closing: UUID) -> Closing:
    row = Closing.objects.select_for_update(of=("self",)).filter(pk=closing, state="proposed").first()
    if row is None or not may_write(row.dossier_id, Facet.OBLIGATIONS):
        raise ClosingNotThere
    return row


def _row(actor: Actor, case: Case, said: ClosingSaid, now: datetime) -> Closing:
    number = Closing.objects.filter(dossier=case.dossier_id).count() + 1
    row = Closing(id=uuid4(), dossier_id=case.dossier_id, number=number, reason=said.reason, safe=said.safe)
    row.seen_on, row.child, row.follow_up_on, row.asked_at = said.seen_on, said.child, said.follow_up_on, now
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    return row


def _words(by: _By, row: Closing, facet: Facet, kind: str, words: str) -> None:
    if not words.strip():
        return
    said = ClosingWords(id=uuid4(), closing=row, dossier_id=row.dossier_id, facet=int(facet), kind=kind, at=by.now)
    said.unit_id, said.user_id = int(by.actor.unit_id or 0), by.actor.user_id
    said.sealed = seal_text(words.strip(), row=said.pk, **queries.closing_words_place(row.dossier_id, facet))
    said.save(force_insert=True)


def _raised(by: _By, case: Case, event: str, codes: dict[str, Any], named: Named) -> list[Obligation]:
    return raise_for(
        actor=by.actor,
        dossier=case.dossier_id,
        event=event,
        codes=codes,
        territory=case.territory_id,
        from_moment=by.now,
        now=by.now,
        sealed_actor=False,
        named=named,
    )


def _let_oversee(actor: Actor, dossier: UUID, raised: list[Obligation], now: datetime) -> None:
    """Let whoever decides see the file as who oversees it does."""
    units = sorted({duty.unit_id for duty in raised if duty.unit_id is not None})
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
    with act(verb="let_oversee", stream=dossier_stream(dossier), now=now, codes=codes):
        for unit in units:
            add_member(dossier=dossier, member=TeamMember("overseeing", unit_id=unit, reason="closing"))
