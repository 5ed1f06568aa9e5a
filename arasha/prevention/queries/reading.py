"""The certificates of one's own body: never with a number, never with a name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from arasha.kernel.access.rules import Actor, NotThere
from arasha.prevention import policy
from arasha.prevention.models import Certificate, Withdrawal

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to."""

    programme: str = ""
    states: tuple[str, ...] = ()
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate, and how it stands today: valid, asked (to be withdrawn), withdrawn or expired."""

    row: Certificate
    state: str


def lines(actor: Actor, asked: Asked, *, today: date, offset: int = 0, limit: int = PAGE + 1) -> list[Line]:
    """Return the certificates of the actor's body, the newest first."""
    rows = _standing(policy.visible_to(actor), today)
    if asked.programme:
        rows = rows.filter(programme=asked.programme)
    if asked.states:
        rows = rows.filter(state__in=asked.states)  # type: ignore[misc]  # annotated
    if asked.entry:
        rows = rows.filter(entry__startswith=asked.entry)
    found = rows.order_by("-issued_at", "pk")[offset : offset + limit]
    return [Line(row, row.state) for row in found]  # type: ignore[attr-defined]  # annotated


def line(actor: Actor, certificate_id: UUID, *, today: date) -> Line:
    """Return one certificate of the actor's body with how it stands. Raises NotThere."""
    found = _standing(policy.visible_to(actor), today).filter(pk=certificate_id).first()
    if found is None:
        raise NotThere
    return Line(found, found.state)  # type: ignore[attr-defined]  # annotated


def certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """Return one certificate of the actor's body. Raises NotThere."""
    found = policy.visible_to(actor).filter(pk=certificate_id).first()
    if found is None:
        raise NotThere
    return found


def _standing(rows: QuerySet[Certificate], today: date) -> QuerySet[Certificate]:
    last = Withdrawal.objects.filter(certificate=OuterRef("pk")).exclude(verdict="refused").values("verdict")
    verdict = Coalesce(Subquery(last[:1]), Value("none"), output_field=TextField())
    return rows.select_related("unit", "body").annotate(
        verdict=verdict,
        state=Case(
            When(verdict="withdrawn", then=Value("withdrawn")),
            When(Q(valid_until__lt=today), then=Value("expired")),
            When(verdict="", then=Value("asked")),
            default=Value("valid"),
            output_field=TextField(),
        ),
    )


def waiting(actor: Actor, *, offset: int = 0, limit: int = PAGE + 1) -> list[Withdrawal]:
    """Return what waits for coordination as the second person, whatever waits longest first."""
    rows = policy.waiting_for(actor).select_related("certificate__unit", "certificate__body")
    return list(rows.order_by("asked_at", "pk")[offset : offset + limit])


def waiting_count(actor: Actor) -> int:
    """Return how many withdrawals wait for coordination as the second person."""
    return policy.waiting_for(actor).count()


def waits(actor: Actor, certificate_id: UUID) -> Withdrawal:
    """Return the withdrawal of a certificate that waits for coordination. Raises NotThere."""
    rows = policy.waiting_for(actor).select_related("certificate__unit", "certificate__body")
    found = rows.filter(certificate=certificate_id).first()
    if found is None:
        raise NotThere
    return found
