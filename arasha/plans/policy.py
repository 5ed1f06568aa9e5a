"""Who may work on a child's plans: whoever the facet of plans is open to in that file, and nobody else; and who opens
an assessment, writes its parts, sums it up and signs."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.cases.models import Case
from arasha.cases.queries import file, of_dossiers
from arasha.cases.rules import LEADERS
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import answers_for, may_read, may_write, on_team, reads_plan
from arasha.kernel.access.rules import Actor, Facet
from arasha.plans.models import Assessment, AssessmentPart, Referral, SafetyPlan, SpecialistQuestion


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def leads(actor: Actor, case: Case) -> bool:
    """Say whether the actor's unit leads the case and may do what a lead does."""
    may_lead = actor.post_id is not None and bool(actor.functions & LEADERS)
    return case.lead_unit_id == actor.unit_id and may_lead and may_write(case.dossier_id, Facet.PLAN)


def may_write_part(actor: Actor, part: AssessmentPart, facet: Facet) -> bool:
    """Say whether a part is the actor's unit's and still asked of it, and its facet may be written."""
    return (
        part.unit_id == actor.unit_id
        and part.state != "passed_on"
        and actor.user_id is not None
        and may_write(part.dossier_id, facet)
    )


def may_remind(actor: Actor) -> bool:
    """Say whether the actor may tell of late parts: the clock alone."""
    return actor.kind == "system" and actor.purpose == "remind_parts"


def may_watch_places(actor: Actor) -> bool:
    """Say whether the actor may tell of children who wait too long and of services that end: the clock alone."""
    return actor.kind == "system" and actor.purpose == "watch_places"


def may_ask_places(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may ask a place for a file's child: who writes plans, in a case that is open."""
    case = of_dossiers([dossier]).get(dossier) if may_make_whole(actor, dossier) else None
    return case is not None and case.state == "open"


def open_case(dossier: UUID) -> Case | None:
    """Return the open case of a file, or None."""
    case = of_dossiers([dossier]).get(dossier)
    return case if case is not None and case.state == "open" else None


def may_write_plan(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may write a child's plan: who writes plans, in a case that is open."""
    return may_make_whole(actor, dossier) and open_case(dossier) is not None


def may_agree_plan(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may let a plan stand, go through it again or end it: who leads the open case."""
    case = open_case(dossier) if may_make_whole(actor, dossier) else None
    return case is not None and leads(actor, case)


def may_withdraw(actor: Actor, referral: Referral) -> bool:
    """Say whether the actor may take a referral back: the unit that sent it, or who leads the file."""
    case = of_dossiers([referral.dossier_id]).get(referral.dossier_id)
    sent = referral.from_unit_id == actor.unit_id and may_make(actor, referral.dossier_id)
    return sent or (case is not None and leads(actor, case))


def may_ask_specialist(actor: Actor, case: Case) -> bool:
    """Say whether the actor may ask a specialist: whoever works on the case and may write what it owes."""
    return case.state == "open" and actor.acts_for_unit and may_write(case.dossier_id, Facet.OBLIGATIONS)


def may_answer_specialist(actor: Actor, question: SpecialistQuestion) -> bool:
    """Say whether the actor may answer a question: a person of the unit that was asked."""
    return (
        question.to_unit_id == actor.unit_id
        and actor.user_id is not None
        and may_write(question.dossier_id, Facet.OBLIGATIONS)
    )


def may_see_unmet(actor: Actor) -> bool:
    """Say whether the actor may see what was asked and not given, counted: coordination, of its own territory."""
    return allows(actor, "see_board") and bool(actor.territory)


def may_export(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may take the assessment along: they lead or oversee the file."""
    return actor.post_id is not None and answers_for(dossier)


def visible_assessments(actor: Actor) -> QuerySet[Assessment]:
    """Return the assessments that are there for the actor; the database's policies hold the same line."""
    return Assessment.objects.filter(on_team(actor))


def may_see(actor: Actor, dossier: UUID) -> bool:
    """Say whether the plans of a file are there for the actor; a barred person finds no file at all."""
    return file(actor, dossier) is not None and may_read(dossier, Facet.PLAN)


def may_see_whole(actor: Actor, dossier: UUID) -> bool:
    """Say whether the plans of a file are there for the actor as a whole.

    A service that knows the file by a referral alone sees what was asked of it, and neither where the child is safe nor
    what was agreed with the family.
    """
    return file(actor, dossier) is not None and reads_plan(dossier)


def may_make_whole(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may write plans in a file, and reads them as a whole."""
    return may_make(actor, dossier) and reads_plan(dossier)


def may_make(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may write plans in a file."""
    return actor.unit_id is not None and file(actor, dossier) is not None and may_write(dossier, Facet.PLAN)


def visible_to(actor: Actor) -> QuerySet[SafetyPlan]:
    """Return the safety plans that are there for the actor; the database's policies hold the same line."""
    return SafetyPlan.objects.filter(on_team(actor))
