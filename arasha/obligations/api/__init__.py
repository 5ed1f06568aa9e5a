"""The door of obligations for other systems: what their unit owes, why and by when; that it was done, or can't be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from ninja import Query

from arasha.kernel.access import policy as access
from arasha.kernel.exchange.api import ApiRequest, Endpoints, page_of
from arasha.kernel.exchange.rules import MEET_OBLIGATIONS, READ_OBLIGATIONS, FieldError, Problem
from arasha.law import rules as law
from arasha.obligations import actions, policy, queries
from arasha.obligations.api.shapes import Asking, Declined, Done, Duties, DutyWithReasons, Met, Wanted, Wished
from arasha.obligations.models import Obligation
from arasha.obligations.queries.page import ObligationPage, obligation_page
from arasha.obligations.rules import ReasonMissing, State

router = Endpoints(tags=["obligations"])


@router.get("/obligations", response=Duties, summary="What your unit owes")
@access.api(READ_OBLIGATIONS)
def list_obligations(request: ApiRequest, asked: Query[Wanted]) -> dict[str, Any]:
    """List your unit's duties, the first due first, whatever became of them unless `state` says otherwise."""
    Wanted.known(request)
    rows = policy.visible_to(request.actor).filter(unit=request.actor.unit_id).select_related("protocol")
    wanted = {"state": asked.state, "step": asked.step, "due_now__lt": asked.due_before}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    about = f"obligations|{asked.state}|{asked.step}|{asked.due_before}"
    found, following = page_of(request, rows, moment="due_now", limit=asked.limit, cursor=asked.cursor, about=about)
    return {"items": [duty(row, request.now) for row in found], "next": following}


@router.get("/obligations/{uuid:obligation}", response=DutyWithReasons, summary="One duty, and why")
@access.api(READ_OBLIGATIONS)
def read_obligation(request: ApiRequest, obligation: UUID) -> dict[str, Any]:
    """Read one duty with how its moment was computed, what it rests on, and who hears of silence.

    Reading it is recorded, and counted: a system may open as many children's files a day as its unit's people may.
    """
    found = obligation_page(request.actor, obligation, request.now)
    if found is None:
        raise Problem("not_found")
    request.look(found.obligation.dossier_id)
    return duty(found.obligation, request.now) | reasons(found)


@router.post("/obligations/{uuid:obligation}/meet", response=Met, summary="Say that a duty was done")
@access.api(MEET_OBLIGATIONS)
def meet_obligation(request: ApiRequest, obligation: UUID, done: Done) -> Obligation:
    """Answer a duty of your unit, as its page does. Met after its moment it stands as `met_late`."""
    try:
        with _refused():
            return actions.meet(
                actor=request.actor, obligation=obligation, answer=done.answer, outcome=done.outcome, now=request.now
            )
    except actions.AnswerMissing:
        raise Problem("invalid", errors=[FieldError("#/answer", "missing")]) from None
    except actions.NotAllConsidered:
        raise Problem("invalid", errors=[FieldError("#/outcome", "not_yet")]) from None
    except actions.OutcomeMissing:
        code = "unknown_code" if done.outcome else "missing"
        raise Problem("invalid", errors=[FieldError("#/outcome", code)]) from None


@router.post("/obligations/{uuid:obligation}/decline", response=Met, summary="Say that your unit can't do it")
@access.api(MEET_OBLIGATIONS)
def decline_obligation(request: ApiRequest, obligation: UUID, why: Declined) -> Obligation:
    """Decline a duty of your unit: it goes on to another body at once, with what is left of the time."""
    with _refused():
        actions.decline(actor=request.actor, obligation=obligation, reason=why.reason, words=why.words, now=request.now)
        return Obligation(id=obligation, state=State.DECLINED.value)


@router.post("/obligations/{uuid:obligation}/extension", response=Asking, summary="Ask for more time")
@access.api(MEET_OBLIGATIONS)
def ask_for_time(request: ApiRequest, obligation: UUID, wish: Wished) -> dict[str, Any]:
    """Ask the coordinator for more time, also when it ran out. Until the answer comes, silence goes on climbing."""
    with _refused():
        row = actions.ask_for_time(
            actor=request.actor,
            obligation=obligation,
            until=wish.until,
            reason=wish.reason,
            words=wish.words,
            now=request.now,
        )
    return {"id": row.id, "state": row.state, "due_at": row.due_now, "asked_until": row.asked_until}


@contextmanager
def _refused() -> Iterator[None]:
    """Say what an action refused, in the words of the interface."""
    try:
        yield
    except (actions.ObligationNotFound, policy.NotOwedByYou):
        raise Problem("not_found") from None
    except ReasonMissing:  # the code is one of the list: it is the words that this reason needs
        raise Problem("invalid", errors=[FieldError("#/words", "missing")]) from None
    except actions.NoLaterMoment:
        raise Problem("invalid", errors=[FieldError("#/until", "out_of_range")]) from None
    except actions.AlreadyMet:
        raise Problem("already_met") from None
    except actions.NotPossibleNow:
        raise Problem("conflict") from None


def duty(row: Obligation, now: datetime) -> dict[str, Any]:
    """Return what a list says of one duty."""
    return {
        "id": row.id,
        "procedure": row.protocol.code,
        "version": row.protocol.number,
        "step": row.step,
        "function": row.function,
        "territory": row.territory,
        "state": row.state,
        "raised_at": row.raised_at.astimezone(UTC),
        "due_at": row.due_now.astimezone(UTC),
        "overdue": row.state in {State.OPEN, State.OVERDUE} and row.due_now < now,
        "met_at": row.met_at,
        "page": settings.ADDRESS + queries.link(row.id),
    }


def reasons(page: ObligationPage) -> dict[str, Any]:
    """Return what one duty rests on, how it was counted, and its ladder."""
    return {
        "what": page.step.what,
        "evidence": page.step.evidence,
        "outcomes": [outcome.code for outcome in page.step.outcomes],
        "unit": page.obligation.unit.name if page.obligation.unit else "",
        "counting": {
            "began": page.derivation.from_moment,
            "amount": page.derivation.limit.amount,
            "unit": page.derivation.limit.unit.value,
            "due_by_procedure": page.obligation.due_at,
            "extended_to": page.obligation.extended_to,
            "days": [
                {"date": day.date, "reason": day.reason.value, "number": day.number} for day in page.derivation.days
            ],
        },
        "basis": [_basis(page, basis.act, basis.point) for basis in page.step.basis],
        "ladder": [
            {
                "rung": planned.rung,
                "function": planned.function,
                "at": planned.at,
                "became": became.outcome if became else "",
                "unit": became.unit.name if became and became.unit else "",
            }
            for planned, became in page.ladder
        ],
    }


def _basis(page: ObligationPage, act: str, point: Any) -> dict[str, Any]:
    found = page.acts.get(act)
    return {
        "act": act,
        "names": found.names if found else None,
        "point": point,
        "status": found.status if found else law.NOT_VERIFIED,
        "checked": bool(found and found.checked),
    }
