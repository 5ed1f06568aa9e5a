"""What goes in and out at the door of obligations: each shape is closed, so that an unknown field is an error."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from arasha.kernel.exchange.api import MOST_ROWS, Answer, Asked, Body, code_of, text
from arasha.obligations.forms import LONGEST_ANSWER
from arasha.obligations.rules import Said, State, choices


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


class Declined(Body):
    """Why your unit can't do it."""

    reason: code_of(code for code, _name in choices(Said.DECLINED))  # type: ignore[valid-type]
    words: text(LONGEST_ANSWER) = Field(  # type: ignore[valid-type]
        "", description="Whoever takes over reads this; some reasons need it, see the code list `reasons`"
    )


class Wished(Body):
    """More time, please."""

    reason: code_of(code for code, _name in choices(Said.ASKED))  # type: ignore[valid-type]
    until: Annotated[AwareDatetime, Field(strict=False)] = Field(
        description="A moment with its offset from UTC, later than the one that counts now"
    )
    words: text(LONGEST_ANSWER) = ""  # type: ignore[valid-type]


class Asking(Answer):
    """The duty while the request waits for the coordinator: the moment that counts is the old one."""

    id: UUID
    state: str
    due_at: datetime
    asked_until: datetime | None
