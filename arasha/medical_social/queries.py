"""Enrolments of a file and of the unit that keeps them, what was noted, and what the child has of what is owed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from arasha.cases.queries import place
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.medical_social.models import Enrolment, EnrolmentStep
from arasha.medical_social.policy import visible_to
from arasha.medical_social.rules import RUNNING
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED, State


@dataclass(frozen=True)
class StepRead:
    """A step with who took it and its words; None: there were none, or they were erased."""

    row: EnrolmentStep
    who: str
    words: str | None


def enrolment_link(dossier: UUID) -> str:
    """Return the address of a file's page of the register."""
    return f"/medical-social/{dossier}/"


def enrolments_of(actor: Actor, dossier: UUID) -> list[Enrolment]:
    """Return the enrolments of a file that are there for the actor, the newest first."""
    return list(visible_to(actor).filter(dossier=dossier).order_by("-notified_at", "id"))


def running_of(dossier: UUID) -> Enrolment | None:
    """Return the enrolment that runs in a file, for who sees it."""
    return Enrolment.objects.filter(dossier=dossier, state__in=RUNNING).first()


def kept_by(actor: Actor) -> QuerySet[Enrolment]:
    """Return what the actor's unit keeps now, what is to be gone through first."""
    return visible_to(actor).filter(unit=actor.unit_id or 0, state="kept").order_by("review_on", "id")


def duty_of(enrolment: Enrolment) -> Obligation | None:
    """Return what is owed for an enrolment now: the decision on it, or going through it again."""
    duty = obligations.about([enrolment.pk]).get(enrolment.pk)
    return duty if duty is not None and State(duty.state) in OWED else None


def words_place(dossier: UUID) -> Any:
    """Return where the vault keeps the words of a step."""
    return place(dossier, Facet.OBLIGATIONS, "medical_social_enrolmentstep")


def steps_of(enrolment: Enrolment) -> list[StepRead]:
    """Return what was done with an enrolment, in order."""
    rows = list(EnrolmentStep.objects.filter(enrolment=enrolment).select_related("unit").order_by("number"))
    told = [row for row in rows if row.sealed is not None]
    texts = open_many(
        [Sealed(bytes(row.sealed or b""), row=str(row.pk), **words_place(row.dossier_id)) for row in told]
    )
    words = dict(zip((row.pk for row in told), texts, strict=True))
    names = names_of({row.user_id for row in rows if row.user_id})
    return [StepRead(row, names.get(row.user_id or 0, ""), words.get(row.pk)) for row in rows]


def answered_at(duty: Obligation) -> str:
    """Return where a duty of the register is answered; nothing for one that belongs to none."""
    found = duty.about is not None and Enrolment.objects.filter(pk=duty.about, dossier=duty.dossier_id).exists()
    return enrolment_link(duty.dossier_id) if found else ""
