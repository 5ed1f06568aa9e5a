"""Reading cases: the unit's own, one by its id, and the signals it grew from."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arasha.cases.models import Case, CaseOrigin
from arasha.cases.policy import visible_to
from arasha.kernel.access.rules import Actor


def led_by(actor: Actor) -> QuerySet[Case]:
    """Return the cases that the actor's unit leads, newest first, straight from an index."""
    return Case.objects.filter(lead_unit=actor.unit_id).order_by("-opened_at")


def newest(actor: Actor) -> QuerySet[Case]:
    """Return every case that is there for the actor, newest first."""
    return visible_to(actor).select_related("territory", "lead_unit").order_by("-opened_at", "id")


def find(actor: Actor, case: UUID) -> Case | None:
    """Return one case, or None: it is not there, for this actor or at all."""
    return visible_to(actor).filter(pk=case).select_related("territory", "lead_unit").first()


def of_dossiers(dossiers: list[UUID]) -> dict[UUID, Case]:
    """Return the readable cases of dossiers, by dossier."""
    return {case.dossier_id: case for case in Case.objects.filter(dossier__in=dossiers)}


def origins(case: Case) -> list[UUID]:
    """Return the dossiers of the signals that the case grew from, as far as the reader sees them."""
    return list(
        CaseOrigin.objects.filter(dossier=case.dossier_id, left_at=None).values_list("signal_dossier_id", flat=True)
    )


def is_closed_for(signal_dossier: UUID) -> bool:
    """Say whether the case that a signal became is closed."""
    origin = CaseOrigin.objects.filter(signal_dossier=signal_dossier, left_at=None).values("dossier")
    return Case.objects.filter(dossier__in=origin, state="closed").exists()


def case_of_signal(actor: Actor, signal_dossier: UUID) -> Case | None:
    """Return the case that a signal is in, when it is there for the actor."""
    origin = CaseOrigin.objects.filter(signal_dossier=signal_dossier, left_at=None).values("dossier")
    return visible_to(actor).filter(dossier__in=origin).first()


def case_led_by(actor: Actor, dossier: UUID) -> Case | None:
    """Return the case of a file, when the actor's unit leads it."""
    return visible_to(actor).filter(dossier=dossier, lead_unit=actor.unit_id).first()


def open_cases(actor: Actor, territory: str) -> QuerySet[Case]:
    """Return the open cases of a place that are there for the actor, newest first."""
    return visible_to(actor).filter(state="open", territory=territory).order_by("-opened_at", "id")


def dossier_of_number(number: str) -> UUID:
    """Return the file that bears a number, whether or not it is there for the actor, to break the glass with.

    A number that nobody bears gives an id that no file has: only breaking the glass tells them apart.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases.dossier_of_number(%s)", [number])
        return UUID(str(cursor.fetchone()[0]))
