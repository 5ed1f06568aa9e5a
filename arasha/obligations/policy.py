"""Who may do what with an obligation, and which obligations an actor sees."""

from django.db.models import Q, QuerySet

from arasha.kernel.access.models import Dossier, Post
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_write, on_team
from arasha.kernel.access.queries.oversight import answers_for
from arasha.kernel.access.rules import Actor, Facet
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.rules import Outcome
from arasha.protocols.rules import NAMED_UNIT


class NotAllowed(PermissionError):
    """The actor may not do this with obligations."""


class NotOwedByYou(NotAllowed):
    """Another unit owes this; only a post of that unit can answer for it."""


def visible_to(actor: Actor) -> QuerySet[Obligation]:
    """Return the obligations of the files that the actor's unit or the actor works on.

    Row security asks more (the facet, bars, the period of the part); this names the unit so that lists are found by it.
    """
    return Obligation.objects.filter(on_team(actor))


def may_raise(actor: Actor) -> bool:
    """Say whether the actor may set off procedures: whoever may tell or change a file; the database checks the file."""
    return actor.is_system or actor.acts_for_unit


def may_owe_again(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may let a unit, the own one too, owe again what another duty stood for."""
    return may_raise(actor)


def may_meet(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may answer, decline or ask for time: in a post of the unit that owes, or its own system."""
    owes = actor.unit_id is not None and actor.unit_id == obligation.unit_id
    return actor.acts_for_unit and owes and allows(actor, "meet_obligations")


def may_settle(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may let a duty end because what it asked for was recorded elsewhere: who writes duties."""
    return actor.is_system or may_write(obligation.dossier_id, Facet.OBLIGATIONS)


def may_supervise(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may give time, suspend, waive, reopen, replace or pass the duty on.

    The coordinators who lead or oversee the file, and the units that the duty's silence has reached. Never the unit
    that owes it, and never a person who sits there too: nobody gives time to themselves.
    """
    if actor.kind != "user" or actor.post_id is None or actor.unit_id is None or actor.unit_id == obligation.unit_id:
        return False
    if obligation.unit_id and sits_in(actor, obligation.unit_id):
        return False
    if allows(actor, "supervise_obligations") and answers_for(obligation.dossier_id):
        return True
    told = Escalation.objects.filter(obligation=obligation, outcome=Outcome.TOLD.value, unit=actor.unit_id)
    return told.exists()


def may_take_back(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may take back what was agreed or decided: who leads the file, but not an own late duty."""
    lead = Dossier.objects.values_list("lead_unit_id", flat=True).filter(pk=obligation.dossier_id).first()
    if not actor.acts_for_unit or actor.unit_id is None or lead != actor.unit_id:
        return False
    late = actor.moment is None or obligation.due_now < actor.moment
    return obligation.role == NAMED_UNIT and not (late and obligation.unit_id == actor.unit_id)


def may_print_letter(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may take a notice along as a letter: who may hand it over, or whose unit must answer it."""
    return may_supervise(actor, obligation) or may_meet(actor, obligation)


def may_replace(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may let another duty take this one's place: who supervises it, or the procedure's clock."""
    return actor.kind == "system" or may_supervise(actor, obligation)


def sits_in(actor: Actor, unit: int) -> bool:
    """Say whether the person who acts holds a post in the unit now, whichever post they act in."""
    held = Post.objects.filter(Q(until=None) | Q(until__gt=actor.moment), unit=unit, holder=actor.user_id)
    return held.filter(since__lte=actor.moment).exists()


def may_climb(actor: Actor) -> bool:
    """Say whether the actor may let silence climb: the sweeper. Nobody presses a key, nobody holds it back."""
    return actor.kind == "system" and actor.purpose == "sweep"


def may_tick(actor: Actor) -> bool:
    """Say whether the actor may end suspensions whose time is over, and see to notices: the clock."""
    return actor.kind == "system"
