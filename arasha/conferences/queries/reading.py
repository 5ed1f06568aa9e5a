"""Sittings and their items as a reader may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.conferences import policy, rules
from arasha.conferences.models import Item, Seat, Secretary, Sitting, Voice, VoiceWords
from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.queries import names_of, team_of
from arasha.kernel.access.rules import Actor, Facet, matrix
from arasha.kernel.territory.queries import district_of, region_of
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased
from arasha.obligations.queries import Finder

FEW = 3  # sittings on the page of one's work
# Who only oversees, or was told because silence climbed, is not asked to the table: it would weaken every quorum.
INVITED = frozenset({"lead", "partner", "obliged"})


@dataclass(frozen=True)
class Heard:
    """What is known of the child's voice in an item. `words`: for whom the child chose; `erased`: they were erased."""

    row: Voice
    words: str = ""
    erased: bool = False
    hearer: str = ""


def sittings(actor: Actor, *, coming: bool | None = None, kind: str = "") -> QuerySet[Sitting]:
    """Return the sittings that are there for the actor: those to come, the next first; else the newest first."""
    rows = policy.visible_to(actor).select_related("unit")
    if kind:
        rows = rows.filter(kind=kind)
    if coming is None:
        return rows.order_by("-at", "id")
    return (
        rows.filter(state="planned").order_by("at", "id")
        if coming
        else rows.exclude(state="planned").order_by("-at", "id")
    )


def coming(actor: Actor) -> list[Sitting]:
    """Return the next few sittings that are there for the actor."""
    return list(sittings(actor, coming=True)[:FEW])


def sitting_of(actor: Actor, sitting: UUID) -> Sitting | None:
    """Return one sitting, or None: it is not there, for this actor or at all."""
    return policy.visible_to(actor).filter(pk=sitting).select_related("unit").first()


def item_of(actor: Actor, item: UUID) -> Item | None:
    """Return one item whose papers open for the actor, or None."""
    row = policy.visible_items(actor).filter(pk=item).select_related("sitting__unit", "unit").first()
    return row if row is not None and policy.may_open(actor, row) else None


def items_of(actor: Actor, sitting: Sitting) -> list[tuple[Item, Case | None]]:
    """Return a sitting's items that are there for the actor, in their order, each with its case.

    Of a commission's own sitting they are there for its secretary alone, and none for a unit that stepped aside.
    """
    if not policy.opens_copy(actor, sitting):
        return []
    aside = Seat.objects.filter(unit=actor.unit_id or 0, standing="aside").values("item")
    found = policy.visible_items(actor).filter(sitting=sitting).exclude(pk__in=aside)
    rows = list(found.order_by("place", "id"))
    known = cases.of_dossiers([row.dossier_id for row in rows])
    return [(row, known.get(row.dossier_id)) for row in rows]


def seats_of(item: UUID) -> list[Seat]:
    """Return who is invited to an item, and how they stand."""
    return list(Seat.objects.filter(item=item).select_related("unit").order_by("unit__name_kk", "id"))


def quorum_of(item: Item, seats: list[Seat]) -> rules.Quorum:
    """Return the quorum of an item as its units stand now."""
    return rules.quorum(item.sitting.kind, [seat.standing for seat in seats])


def invited(dossier: UUID, holder: int, now: datetime) -> list[int]:
    """Return the units to be invited to an item: those that work on the file, and whoever holds the sitting.

    Nobody from a body that is barred from the file, and no unit in which everybody is: who is linked to the suspect is
    not asked, and learns nothing.
    """
    team = {one.unit_id for one in team_of([dossier]) if one.part in INVITED and one.unit_id is not None}
    finder = Finder(now)
    return sorted(unit for unit in team | {holder} if finder.named(dossier, unit) is not None)


def holders(dossier: UUID, territory: str, now: datetime) -> list[Unit]:
    """Return the units that may be asked to speak about a file: those of the child's district and region that hold
    conferences and in which somebody may know of it."""
    places = [one.kato for one in (district_of(territory), region_of(territory)) if one is not None]
    serving = UnitFunction.objects.filter(
        Q(until=None) | Q(until__gt=now),
        function__in=matrix.rights()[policy.HOLD],
        territory__in=places,
        since__lte=now,
    )
    units = Unit.objects.filter(pk__in=serving.values("unit"), body__protected=False).select_related("body")
    finder = Finder(now)
    return [unit for unit in units.order_by("name_kk", "pk") if finder.named(dossier, unit.pk) is not None]


def voice_of(item: UUID) -> Heard | None:
    """Return how the child was heard, with its words where the child lets the reader hear them."""
    row = Voice.objects.filter(item=item).select_related("unit").first()
    if row is None:
        return None
    hearer = names_of([row.hearer_id]).get(row.hearer_id, "") if row.hearer_id else ""
    words = VoiceWords.objects.filter(voice=row, revision=row.revision).first()
    if words is None:
        return Heard(row, hearer=hearer)
    here = cases.place(row.dossier_id, Facet.OBLIGATIONS, "conferences_voicewords")
    try:
        return Heard(row, open_text(bytes(words.sealed), row=str(words.pk), **here), hearer=hearer)
    except KeyErased:
        return Heard(row, erased=True, hearer=hearer)


def colleagues(item: Item, now: datetime) -> dict[int, str]:
    """Return the people of the units at an item, by id: from them the child names who hears its words."""
    units = Seat.objects.filter(item=item).exclude(standing="aside").values("unit")
    posts = Post.objects.filter(unit__in=units, holder__isnull=False, since__lte=now).exclude(until__lte=now)
    holders = [holder for holder in posts.values_list("holder_id", flat=True) if holder is not None]
    with connection.cursor() as cursor:
        cursor.execute("SELECT conferences.may_know(%s::uuid, %s::integer[])", [item.dossier_id, holders])
        may = [row[0] for row in cursor.fetchall()]
    return dict(sorted(names_of(may).items(), key=lambda pair: pair[1]))


def secretary_of(unit: int) -> Secretary | None:
    """Return who was named last to keep a unit's minutes."""
    return Secretary.objects.filter(unit=unit).select_related("post").order_by("-number").first()


def of_file(actor: Actor, dossier: UUID) -> list[Item]:
    """Return a file's items at whatever sittings, the newest first."""
    rows = policy.visible_items(actor).filter(dossier=dossier).exclude(state="left_out")
    return list(rows.select_related("sitting__unit").order_by("-sitting__at", "id"))


def sitting_link(sitting: UUID) -> str:
    """Return the address of a sitting's page."""
    return f"/conferences/{sitting}/"
