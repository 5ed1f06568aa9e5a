"""Who sends a notice, who decides on it, who keeps the register; the database decides who sees an enrolment at all."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet
from arasha.medical_social.models import Enrolment
from arasha.obligations.queries import about


def visible_to(actor: Actor) -> QuerySet[Enrolment]:
    """Return the enrolments that are there for the actor: row security decides."""
    return Enrolment.objects.select_related("unit", "notified_by")


def may_notify(actor: Actor, dossier: UUID) -> bool:
    """Internal affairs send the notice, coordination puts down one that came on paper; in a file that they work on."""
    return actor.post_id is not None and allows(actor, "notify_enrolment") and may_write(dossier, Facet.OBLIGATIONS)


def may_look(actor: Actor) -> bool:
    """Say whether the register's page of a file is there for the actor when nothing stands on it."""
    return allows(actor, "keep_enrolments")


def may_decide(actor: Actor, enrolment: Enrolment) -> bool:
    """Say whether the actor's unit owes the decision on a notice and may take it."""
    duty = about([enrolment.pk]).get(enrolment.pk)
    owes = duty is not None and duty.unit_id == actor.unit_id and actor.acts_for_unit
    return enrolment.state == "notified" and owes and allows(actor, "keep_enrolments")


def may_keep(actor: Actor, enrolment: Enrolment) -> bool:
    """Say whether the actor's unit keeps this enrolment: it reviews, ends and prints it."""
    return enrolment.state == "kept" and enrolment.unit_id == actor.unit_id and allows(actor, "keep_enrolments")
