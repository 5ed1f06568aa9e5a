"""Who holds conferences, who keeps their minutes and opens the commission's copy, who speaks at an item."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.cases.models import Case
from arasha.conferences.models import Item, Seat, Secretary, Sitting
from arasha.conferences.rules import KINDS
from arasha.kernel.access.models import Post
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import may_write, on_team, reads_plan
from arasha.kernel.access.rules import Actor, Facet

HOLD = "hold_conferences"


class NotAllowed(PermissionError):
    """The actor may not do this with conferences."""


def visible_to(actor: Actor) -> QuerySet[Sitting]:
    """Return the sittings that are there for the actor: the own unit's, and those with an item of a file of theirs."""
    own = Q(unit=actor.unit_id or 0)
    return Sitting.objects.filter(own | Q(Exists(visible_items(actor).filter(sitting=OuterRef("pk")))))


def visible_items(actor: Actor) -> QuerySet[Item]:
    """Return the items of the files that the actor's unit or the actor works on; the database bars persons besides."""
    return Item.objects.filter(on_team(actor))


def may_hold(actor: Actor, kind: str = "") -> bool:
    """Say whether the actor's unit may hold sittings, or those of one kind."""
    if actor.kind != "user" or actor.post_id is None or not allows(actor, HOLD):
        return False
    functions = KINDS[kind].more["functions"].split() if kind in KINDS else []
    return not functions or bool(actor.functions & set(functions))


def keeps_minutes(actor: Actor, unit: int) -> bool:
    """Say whether the actor keeps the minutes of a unit: in its secretary's post; where none is named, any who holds.

    A unit without a secretary must be able to meet tonight.
    """
    if actor.kind != "user" or actor.unit_id != unit or not may_hold(actor):
        return False
    named = Secretary.objects.filter(unit=unit).order_by("-number").values_list("post_id", flat=True).first()
    return named is None or named == actor.post_id or not _is_held(named)


def may_name_secretary(actor: Actor, unit: int) -> bool:
    """Say whether the actor names the secretary of a unit: its head, who is secretary now, or any while none is."""
    if actor.kind != "user" or actor.unit_id != unit or not may_hold(actor):
        return False
    return keeps_minutes(actor, unit) or Post.objects.filter(pk=actor.post_id or 0, rank="head").exists()


def keeps_item(actor: Actor, item: Item) -> bool:
    """Say whether the actor records what happens at an item: who keeps the minutes of the unit that holds it."""
    return keeps_minutes(actor, item.unit_id) and may_write(item.dossier_id, Facet.OBLIGATIONS)


def may_open(actor: Actor, item: Item) -> bool:
    """Say whether an item's papers open for the actor: a unit at the table that did not step aside, or a plan's reader.

    The commission's copy opens for its secretary alone.
    """
    seats = list(Seat.objects.filter(item=item, unit=actor.unit_id or 0).values_list("standing", flat=True))
    if seats == ["aside"] or not opens_copy(actor, item.sitting):
        return False
    return bool(seats) or reads_plan(item.dossier_id)


def opens_copy(actor: Actor, sitting: Sitting) -> bool:
    """Say whether a sitting's own copy, where it is the actor's unit's, opens for the actor."""
    own = sitting.unit_id == actor.unit_id and KINDS[sitting.kind].more["copy"] == "secretary"
    return not own or keeps_minutes(actor, sitting.unit_id)


def may_hear_child(actor: Actor, item: Item) -> bool:
    """Say whether the actor may record what the child wishes: who leads the file, or keeps the item's minutes."""
    leads = Case.objects.filter(dossier=item.dossier_id, lead_unit=actor.unit_id or 0).exists()
    return (leads and may_write(item.dossier_id, Facet.OBLIGATIONS)) or keeps_item(actor, item)


def may_differ(actor: Actor, item: Item) -> bool:
    """Say whether the actor may put a dissent beside a decision: a unit that came to the item."""
    came = Seat.objects.filter(item=item, unit=actor.unit_id or 0, standing__in=["present", "represented"]).exists()
    return came and may_write(item.dossier_id, Facet.OBLIGATIONS)


def may_print(actor: Actor, item: Item) -> bool:
    """Say whether the actor takes an item's minutes along: who keeps them, and who leads the file."""
    leads = Case.objects.filter(dossier=item.dossier_id, lead_unit=actor.unit_id or 0)
    return actor.kind == "user" and (keeps_minutes(actor, item.unit_id) or leads.exists())


def may_wish(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may ask a unit to put a file on its agenda: who leads it, while the case is open."""
    case = Case.objects.filter(dossier=dossier, lead_unit=actor.unit_id or 0, state="open")
    return actor.kind == "user" and case.exists() and may_write(dossier, Facet.OBLIGATIONS)


def _is_held(post: int) -> bool:
    return Post.objects.filter(pk=post, holder__isnull=False, until=None).exists()
