"""The door of obligations for other systems: what their unit owes, why and by when, and that it was done."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Query
from pydantic import AwareDatetime, Field

from arasha.kernel.access import policy as access
from arasha.kernel.exchange.api import MOST_ROWS, Answer, ApiRequest, Asked, Body, Endpoints, code_of, page_of, text
from arasha.kernel.exchange.rules import MEET_OBLIGATIONS, READ_OBLIGATIONS, FieldError, Problem
from arasha.law import rules as law
from arasha.obligations import actions, policy, queries
from arasha.obligations.forms import LONGEST_ANSWER
from arasha.obligations.models import Obligation
from arasha.obligations.queries.page import ObligationPage, obligation_page
from arasha.obligations.rules import State

router = Endpoints(tags=["obligations"])
KATO_LENGTH = 9


class Words(Answer):
    """A text in three languages."""

    kk: str
    ru: str
    en: str


class Duty(Answer):
    """One duty of your unit. It names no child: read the file where it is kept."""

    id: UUID
    procedure: str = Field(description="The procedure's code")
    version: int = Field(description="The procedure's version, which the duty keeps")
    step: str = Field(description="The step's code")
    function: str = Field(description="The function that owes it; see the code list `functions`")
    territory: str = Field(description="The child's place, by KATO code")
    state: str = Field(description="See the code list `obligation_states`")
    raised_at: datetime
    due_at: datetime = Field(description="The moment that counts now, suspensions and extensions included")
    overdue: bool
    met_at: datetime | None
    page: str = Field(description="Where people of your unit answer it")


class Duties(Answer):
    """A page of duties, the first due first."""

    items: list[Duty]
    next: str = Field(description="Send it as `cursor` for the next page; empty at the end")


class CountedDay(Answer):
    """A day, why it counts or not, and which one it is of those that count."""

    date: date
    reason: str
    number: int | None


class Counting(Answer):
    """How the moment was computed."""

    began: datetime
    amount: int
    unit: str = Field(description="clock_minutes, clock_hours, working_hours, working_days or calendar_days")
    due_by_procedure: datetime
    extended_to: datetime | None
    days: list[CountedDay]


class Basis(Answer):
    """What it rests on, as far as it is known."""

    act: str
    names: Words | None
    point: Words
    status: str = Field(description="in_force, not_yet_in_force, replaced or not_verified")
    checked: bool = Field(description="Whether a lawyer has checked the act")


class Rung(Answer):
    """Who hears of silence, and when."""

    rung: int
    function: str = Field(description="Empty: the unit above the one that owes")
    at: datetime
    became: str = Field(description="Empty as long as its turn has not come; else told or why it was passed over")
    unit: str = Field(description="Whom it told, by name")


class DutyWithReasons(Duty):
    """One duty with its derivation, its legal basis and its ladder."""

    what: Words
    evidence: Words
    outcomes: list[str] = Field(description="With one of these it is met; empty: an answer is enough")
    unit: str = Field(description="Which unit owes it, by name")
    counting: Counting
    basis: list[Basis]
    ladder: list[Rung]


class Wanted(Asked):
    """Which duties, and from where on."""

    state: code_of(state.value for state in State) | None = None  # type: ignore[valid-type]
    step: text(60) | None = None  # type: ignore[valid-type]
    due_before: AwareDatetime | None = Field(None, description="A moment with its offset from UTC")
    cursor: text(200) = ""  # type: ignore[valid-type]
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 25


class Done(Body):
    """What was done."""

    answer: text(LONGEST_ANSWER, min_length=1) = Field(  # type: ignore[valid-type]
        description="What was done, and who stays in touch with the child. It is kept sealed in the child's file."
    )
    outcome: text(60) = Field("", description="How it came out, where the step asks for one of its own codes")  # type: ignore[valid-type]


class Met(Answer):
    """What became of the duty."""

    id: UUID
    state: str
    met_at: datetime | None


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
        return actions.meet(
            actor=request.actor, obligation=obligation, answer=done.answer, outcome=done.outcome, now=request.now
        )
    except (actions.ObligationNotFound, policy.NotOwedByYou):
        raise Problem("not_found") from None
    except actions.AnswerMissing:
        raise Problem("invalid", errors=[FieldError("#/answer", "missing")]) from None
    except actions.OutcomeMissing:
        code = "unknown_code" if done.outcome else "missing"
        raise Problem("invalid", errors=[FieldError("#/outcome", code)]) from None
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
