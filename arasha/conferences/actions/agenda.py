"""Files come onto an agenda, are left out with a reason, or are put off; whoever leads one may ask for it."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import file, place, team
from arasha.conferences import policy, queries, rules
from arasha.conferences.actions.errors import ItemChanged, NotThere, Sent, SittingOver, UnitNotThere
from arasha.conferences.actions.sittings import own_sitting
from arasha.conferences.models import Item, Seat, Sitting, Wish
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet, matrix
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.queries import Finder


@sensitive_variables("words")
def wish_conference(
    *,
    actor: Actor,
    dossier: UUID,
    unit: int,
    urgent: bool,
    words: str,
    now: datetime,
    ticket: UUID | None = None,
) -> Wish:
    """Ask a unit to put a file on its agenda. A unit that is not on the file becomes a partner in it.

    Sent twice with one `ticket` it is asked once. Raises NotThere; UnitNotThere; Faulty.
    """
    if len(words) > rules.LONGEST:
        raise rules.Faulty(("words", "long"))
    if file(actor, dossier) is None or not policy.may_wish(actor, dossier):
        raise NotThere
    row = Wish(id=ticket or uuid4(), dossier_id=dossier, unit_id=unit, urgent=urgent, asked_at=now)
    row.by_id, row.user_id = cast(int, actor.unit_id), cast(int, actor.user_id)
    try:
        with (
            transaction.atomic(),
            act(verb="wish_conference", stream=dossier_stream(dossier), now=now, codes=told(row)),
        ):
            if Wish.objects.filter(pk=row.pk, dossier=dossier).exists():
                raise Sent
            _bring_in(dossier, unit, now)
            if words.strip():
                here = place(dossier, Facet.OBLIGATIONS, "conferences_wish")
                row.sealed = seal_text(words.strip(), row=str(row.pk), **here)
            row.save(force_insert=True)
            if unit != actor.unit_id:
                notify(
                    actor=actor, units=[unit], code="conference_wished", link="/conferences/", dossier=dossier, now=now
                )
    except Sent:
        return Wish.objects.get(pk=row.pk)
    return row


def put_on(*, actor: Actor, sitting: UUID, dossier: UUID, reason: str, urgent: bool, now: datetime) -> Item:
    """Put a file on a sitting's agenda and invite who works on it, but nobody who is linked to the suspect.

    A file that was left out comes back by it. Pressed twice it stands there once.
    Raises NotThere; NotAllowed; SittingOver; UnknownCode.
    """
    reason = rules.REASONS[reason].code
    row = _held(actor, sitting, dossier)
    there = Item.objects.filter(sitting=row, dossier=dossier).first()
    if there is not None and there.state != "left_out":
        return there
    item = there or _new(actor, row, dossier, now)
    item.reason, item.urgent, item.state, item.left_out = reason, urgent or row.urgent, "on", ""
    stream = dossier_stream(dossier)
    try:
        # The act holds the file's stream: of two who put it there at once, the second finds it.
        with transaction.atomic(), act(verb="put_on_agenda", stream=stream, now=now, codes=told(item)):
            if there is None and Item.objects.filter(sitting=row, dossier=dossier).exists():
                raise Sent
            _numbered(item, row)
            item.save()
            _invite(actor, item, row, now)
    except Sent:
        return Item.objects.get(sitting=row, dossier=dossier)
    return item


def leave_out(*, actor: Actor, sitting: UUID, dossier: UUID, reason: str, now: datetime) -> Item:
    """Leave a file off a sitting's agenda, with the reason. What comes back by itself comes back at the next one.

    Raises NotThere; NotAllowed; SittingOver; ItemChanged: something was decided; UnknownCode.
    """
    why = rules.LEFT_OUT[reason].code
    row = _held(actor, sitting, dossier)
    with transaction.atomic():
        item = Item.objects.filter(sitting=row, dossier=dossier).first() or _new(actor, row, dossier, now)
        with act(verb="leave_off_agenda", stream=dossier_stream(dossier), now=now, codes=told(item)):
            item = Item.objects.select_for_update(of=("self",)).filter(sitting=row, dossier=dossier).first() or item
            if item.state in {"decided", "put_off"}:
                raise ItemChanged
            item.reason = item.reason or _first_reason(actor, row, dossier, now)
            item.state, item.left_out = "left_out", why
            _numbered(item, row)
            item.save()
    return item


def put_off(*, actor: Actor, item: UUID, reason: str, now: datetime) -> Item:
    """Put an item off: it comes back at the next sitting. Raises NotThere; NotAllowed; ItemChanged; UnknownCode."""
    why = rules.LEFT_OUT[reason].code
    row = kept_item(actor, item)
    with (
        transaction.atomic(),
        act(verb="put_off_item", stream=dossier_stream(row.dossier_id), now=now, codes=told(row)),
    ):
        row = locked(row.pk)
        if row.state != "on":
            raise ItemChanged
        row.state, row.left_out = "put_off", why
        row.save(update_fields=["state", "left_out"])
    return row


def make_urgent(*, actor: Actor, item: UUID, now: datetime) -> Item:
    """Say that an item can't wait: it is decided without quorum, and what is decided comes back to be confirmed.

    Raises NotThere; NotAllowed; ItemChanged.
    """
    row = kept_item(actor, item)
    with (
        transaction.atomic(),
        act(verb="make_item_urgent", stream=dossier_stream(row.dossier_id), now=now, codes=told(row)),
    ):
        row = locked(row.pk)
        if row.state != "on":
            raise ItemChanged
        row.urgent = True
        row.save(update_fields=["urgent"])
    return row


def kept_item(actor: Actor, item: UUID) -> Item:
    """Return an item that the actor keeps. Raises NotThere; NotAllowed."""
    row = queries.item_of(actor, item)
    if row is None:
        raise NotThere
    if not policy.keeps_item(actor, row):
        raise policy.NotAllowed
    return row


def locked(item: UUID) -> Item:
    """Return an item, locked until the transaction ends."""
    return Item.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=item)


def told(row: Item | Wish) -> dict[str, Any]:
    """Return the codes of an act: at which unit, never what about."""
    codes: dict[str, Any] = {"facet": Facet.OBLIGATIONS, "unit": row.unit_id}
    return codes | ({"item": str(row.pk), "sitting": str(row.sitting_id)} if isinstance(row, Item) else {})


def _held(actor: Actor, sitting: UUID, dossier: UUID) -> Sitting:
    row = own_sitting(actor, sitting)
    if file(actor, dossier) is None or not may_write(dossier, Facet.OBLIGATIONS):
        raise NotThere
    if row.state != "planned":
        raise SittingOver
    return row


def _new(actor: Actor, sitting: Sitting, dossier: UUID, now: datetime) -> Item:
    row = Item(id=uuid4(), sitting=sitting, dossier_id=dossier, unit_id=sitting.unit_id, put_at=now)
    row.user_id = cast(int, actor.user_id)
    return row


def _numbered(item: Item, sitting: Sitting) -> None:
    if item.place is None:
        most = Item.objects.filter(sitting=sitting).aggregate(most=Max("place"))["most"]
        item.place = (most or 0) + 1


def _first_reason(actor: Actor, sitting: Sitting, dossier: UUID, now: datetime) -> str:
    found = [one.proposal for one in queries.proposals(actor, sitting, now) if one.proposal.dossier == dossier]
    return found[0].reasons[0] if found else "other"


def _invite(actor: Actor, item: Item, sitting: Sitting, now: datetime) -> None:
    there = set(Seat.objects.filter(item=item).values_list("unit_id", flat=True))
    units = [unit for unit in queries.invited(item.dossier_id, sitting.unit_id, now) if unit not in there]
    for unit in units:
        Seat(id=uuid4(), item=item, dossier_id=item.dossier_id, unit_id=unit).save(force_insert=True)
    others = [unit for unit in units if unit != actor.unit_id]
    if others:
        link = queries.item_link(item.pk)
        notify(actor=actor, units=others, code="conference_invited", link=link, dossier=item.dossier_id, now=now)


def _bring_in(dossier: UUID, unit: int, now: datetime) -> None:
    """Make a unit that holds conferences a partner in the file, where it is not on it."""
    if unit in {member.unit_id for member in team(dossier)}:
        return
    holds = UnitFunction.objects.filter(unit=unit, function__in=matrix.rights()[policy.HOLD], since__lte=now)
    if not holds.exclude(until__lte=now).exists() or Finder(now).named(dossier, unit) is None:
        raise UnitNotThere
    add_member(dossier=dossier, member=TeamMember("partner", unit_id=unit, reason="conference"))
