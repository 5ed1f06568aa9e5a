"""The door of a helpline's telephone exchange: what happened to which call.

Words and numbers of callers are no part of it. A number that must be sent to tell a repeat or to ring back is never
kept as it is (docs/helpline.md).
"""

from typing import Annotated, Any, Final

from django.views.decorators.debug import sensitive_variables
from pydantic import AwareDatetime, Field

from arasha.helpline import actions, policy
from arasha.helpline.rules.adapters import KINDS, RESTARTED
from arasha.helpline.rules.calls import By
from arasha.kernel.access import policy as access
from arasha.kernel.exchange.api import Answer, ApiRequest, Body, Endpoints, code_of, text
from arasha.kernel.exchange.rules import TELL_CALLS, FieldError, Problem

router = Endpoints(tags=["helpline"])
ENDED_BY: Final = sorted(by.value for by in By)
LINE: Final = "^[0-9A-Za-z_.+*#]*$"
SIGNS: Final = r"^[\x21-\x7e]*$"


class CallEvent(Body):
    """One thing that happened to a call."""

    id: text(64, min_length=1, pattern=SIGNS) = Field(  # type: ignore[valid-type]
        description="Your own number of the event, another one for each event of a call. Sent again, it is taken once"
    )
    kind: code_of(sorted(KINDS)) = Field(  # type: ignore[valid-type]
        description="offered, queued, answered, held, resumed, transferred, conference, overflowed, abandoned, ended;"
        " restarted: the exchange began anew, calls of before are over (without a call)"
    )
    at: Annotated[AwareDatetime, Field(strict=False)] = Field(description="When it happened, by your clock")
    call: text(64, pattern=SIGNS) = Field("", description="Your own number of the call; no telephone number")  # type: ignore[valid-type]
    queue: text(40) = ""  # type: ignore[valid-type]
    extension: text(20, pattern=LINE) = Field("", description="The line that answered, held, or was given the call")  # type: ignore[valid-type]
    by: code_of(ENDED_BY) = Field("", description="Of `ended`: who hung up")  # type: ignore[valid-type]
    caller: text(32) = Field(  # type: ignore[valid-type]
        "",
        description="The caller's number. With the first event it tells a repeat on the same day, by a keyed hash that"
        " goes with the day. With `abandoned`, `overflowed` or an `ended` that nobody answered it is kept, sealed,"
        " until the call-back is made, if the caller wished one or the installation keeps numbers of missed calls."
        " It is never kept as it is",
    )
    call_back_wished: bool = Field(False, description="The caller asked to be rung back, by a key or a voice")


class CallEvents(Body):
    """Events of calls, in any order."""

    sent_at: Annotated[AwareDatetime, Field(strict=False)] = Field(
        description="Now, by your clock, anew for each attempt: by it your clock is set right where it differs"
    )
    events: Annotated[list[CallEvent], Field(min_length=1, max_length=actions.MOST_EVENTS)]


class EventsTaken(Answer):
    """How many events were new, and how many had come before."""

    taken: int
    again: int


@router.post("/helpline/calls/events", response=EventsTaken, summary="Tell what happened to calls")
@access.api(TELL_CALLS)
@sensitive_variables()
def call_events(request: ApiRequest, said: CallEvents) -> dict[str, Any]:
    """Take up to 200 events of calls. They may come late, twice and in any order; all of them are taken or none.

    When no answer came, send them again: with the same key, or, with a new `sent_at`, under a new one.
    """
    errors = [
        FieldError(f"#/events/{place}/call", "missing")
        for place, one in enumerate(said.events)
        if not one.call and one.kind != RESTARTED
    ]
    if errors:
        raise Problem("invalid", errors=errors)
    told = [
        actions.Told(
            one.id, one.kind, one.at, one.call, one.queue, one.extension, one.by, one.caller, one.call_back_wished
        )
        for one in said.events
    ]
    try:
        taken = actions.tell_calls(actor=request.actor, events=told, sent_at=said.sent_at, now=request.now)
    except policy.NotAllowed:
        raise Problem("scope_missing") from None
    except actions.ClockWrong:
        raise Problem("invalid", errors=[FieldError("#/sent_at", "out_of_range")]) from None
    return {"taken": taken.taken, "again": taken.again}
