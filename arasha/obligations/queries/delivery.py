"""How a file's notices stand, for the receipt of who told: to whom, under which number, since when; never by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from arasha.kernel.access.models import Unit
from arasha.obligations.models import Obligation
from arasha.obligations.rules import FULFILLED, State


class DeliveryState(StrEnum):
    """How far a notice came."""

    WAITING = "waiting"  # nobody of the unit works here yet; its hour is not over
    UNDELIVERED = "undelivered"  # its hour is over: whoever told must be told how else
    DELIVERED = "delivered"
    SEEN = "seen"
    ANSWERED = "answered"
    PASSED_ON = "passed_on"  # another body has it now, under a number of its own
    ENDED = "ended"  # it needs no answer any more


@dataclass(frozen=True)
class Delivery:
    """One written notice: the unit (None where no body was found), the number, the state and its moments.

    `by` says how it reached the unit: inbox, paper or phone; empty as long as it did not.
    """

    number: str
    unit: Unit | None
    state: DeliveryState
    sent_at: datetime
    delivered_at: datetime | None
    seen_at: datetime | None
    answered_at: datetime | None
    by: str
    obligations: tuple[UUID, ...]


def delivery_of(dossier: UUID) -> list[Delivery]:
    """Return the notices that arose in a file, wherever their duties are now, in the order in which they went out.

    Two duties of one unit that arose together stand under one number: one notice. Where an equal duty of the same
    unit took a duty's place, the notice fares as that one does. Ask in a context that may read the file's duties; for
    a receipt, in the system's.
    """
    rows = Obligation.objects.filter(raised_in=dossier).exclude(number="").select_related("unit", "replaced_by")
    notices: dict[str, list[Obligation]] = {}
    for row in rows.order_by("raised_at", "due_now", "id"):
        notices.setdefault(row.number, []).append(row)
    return [_delivery(number, duties) for number, duties in notices.items()]


def _delivery(number: str, duties: list[Obligation]) -> Delivery:
    fare = [_living(row) for row in duties]
    answered = [row.met_at for row in fare]
    return Delivery(
        number=number,
        unit=duties[0].unit,
        state=_state(fare),
        sent_at=duties[0].raised_at,
        delivered_at=_first(row.delivered_at for row in duties),
        seen_at=_first(row.seen_at for row in duties),
        answered_at=max(moment for moment in answered if moment) if all(answered) else None,
        by=next((row.delivered_by for row in duties if row.delivered_by), ""),
        obligations=tuple(row.id for row in duties),
    )


def _living(row: Obligation) -> Obligation:
    """Return the equal duty of the same unit that took this one's place, else the duty itself."""
    while (other := row.replaced_by) and row.state == State.SUPERSEDED.value:
        if (other.step, other.unit_id) != (row.step, row.unit_id):
            break
        row = other
    return row


def _state(duties: list[Obligation]) -> DeliveryState:
    """Return how far one notice came: its least answered duty says so."""
    owed = [row for row in duties if State(row.state) in FULFILLED or row.ended_at is None]
    if not owed:
        declined = any(row.state == State.DECLINED.value for row in duties)
        return DeliveryState.PASSED_ON if declined else DeliveryState.ENDED
    if all(State(row.state) in FULFILLED for row in owed):
        return DeliveryState.ANSWERED
    if any(row.seen_at for row in owed):
        return DeliveryState.SEEN
    if any(row.delivered_at for row in owed):
        return DeliveryState.DELIVERED
    return DeliveryState.UNDELIVERED if any(row.undelivered_at for row in owed) else DeliveryState.WAITING


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
