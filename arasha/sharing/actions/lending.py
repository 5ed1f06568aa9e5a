"""Letting a unit read for a time, on a consent or on a ground of the list, and ending it."""

import contextlib
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.actions import add_limited, end_member
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.access.rules import NotThere as AccessNotThere
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.sharing import policy, queries, rules
from arasha.sharing.actions.errors import AlreadyEnded, CarriesNothing, NotThere, UnitNotThere
from arasha.sharing.actions.writing import codes, sealed, tell_receivers
from arasha.sharing.models import Share
from arasha.sharing.rules import Lent


def share_on_consent(*, actor: Actor, consent: UUID, now: datetime) -> Share:
    """Let the unit read what was agreed to, as long as was agreed. Sent twice it is shared once.

    From 14 on it rests on the child's own consent alone, below on an adult's or a representative's.

    Raises NotThere; CarriesNothing: nothing may rest on this consent; UnitNotThere.
    """
    with transaction.atomic():
        agreed = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=consent).first()
        if agreed is None or not policy.may_share(actor, agreed.dossier_id):
            raise NotThere
        known = Share.objects.filter(consent=agreed, ended_at=None).first()
        if known is not None:
            return known
        if not queries.carries(agreed, local(now).date()):
            raise CarriesNothing
        lent = Lent(
            unit=agreed.unit_id,
            purposes=tuple(agreed.purposes.split()),
            parts=tuple(rules.parts_of(agreed.facets)),
            until=agreed.until,
        )
        return _share(actor, agreed.dossier_id, lent, now, Share(id=uuid4(), consent=agreed))


@sensitive_variables()
def share_without(
    *, actor: Actor, dossier: UUID, ground: str, words: str, lent: Lent, now: datetime, ticket: UUID | None = None
) -> Share:
    """Let a unit read without a consent, on a ground of the list, said in words. Urgent help waits for no consent.

    Raises NotThere, Faulty, UnitNotThere.
    """
    with transaction.atomic():
        if not policy.may_share(actor, dossier):
            raise NotThere
        pk = ticket or uuid4()
        known = policy.shares_visible_to(actor).filter(pk=pk, dossier=dossier).first()
        if known is not None:
            return known
        rules.check_ground(ground, words, lent, local(now).date())
        row = Share(id=pk, dossier_id=dossier, ground=ground)
        row.sealed = sealed(row, words=words)
        return _share(actor, dossier, lent, now, row)


def end_share(*, actor: Actor, share: UUID, now: datetime) -> Share:
    """End a share whose purpose was reached; the unit is told. Raises NotThere; AlreadyEnded."""
    with transaction.atomic():
        row = policy.shares_visible_to(actor).select_for_update(of=("self",)).filter(pk=share).first()
        if row is None or not policy.may_end(actor, row.dossier_id):
            raise NotThere
        if row.ended_at is not None:
            raise AlreadyEnded
        stop(actor, row, "purpose", now)
        tell_receivers(actor, [row], now)
    return row


def print_sharing(*, actor: Actor, dossier: UUID, giver: str, person: UUID | None, now: datetime) -> None:
    """Note that the family's page is printed, for whom. Raises NotThere: also for whoever may not know of the file."""
    with transaction.atomic():
        if not policy.may_record(actor, dossier):
            raise NotThere
        readers = queries.safe_readers(dossier, local(now).date())
        if (giver, person) not in {(one.giver, one.person.pk if one.person else None) for one in readers}:
            raise NotThere
        told = {"facet": Facet.PLAN, "unit": actor.unit_id, "giver": giver}
        with act(verb="print_sharing", stream=dossier_stream(dossier), now=now, codes=told):
            pass


def stop(actor: Actor, row: Share, why: str, now: datetime) -> None:
    """End a share and the part that it opened, in one act; the part may be over by itself already."""
    with act(verb="end_share", stream=dossier_stream(row.dossier_id), now=now, codes=codes(actor, row) | {"why": why}):
        row.ended_at, row.ended_why = now, why
        row.save(update_fields=["ended_at", "ended_why"])
        with contextlib.suppress(AccessNotThere):
            end_member(member=row.member, reason=f"sharing_{why}")


def _share(actor: Actor, dossier: UUID, lent: Lent, now: datetime, row: Share) -> Share:
    """Open the part and put the share down. Raises UnitNotThere: barred, gone, or it would read nothing of it."""
    units = {unit.pk for unit in queries.units_for(actor, dossier, now)}
    facets = rules.facets_of(lent.parts)
    reads = rules.readable(facets, queries.functions_of([lent.unit], now).get(lent.unit, set()))
    if lent.unit not in units or not rules.parts_of(reads) or lent.until is None:
        raise UnitNotThere
    row.dossier_id, row.unit_id, row.facets, row.at = dossier, lent.unit, facets, now
    row.purposes, row.until = " ".join(lent.purposes), rules.end_of(lent.until, local(now))
    row.from_unit_id, row.user_id = int(actor.unit_id or 0), int(actor.user_id or 0)
    told = codes(actor, row) | {"rests": "consent" if row.consent_id else row.ground}
    with act(verb="share_file", stream=dossier_stream(dossier), now=now, codes=told):
        row.member = add_limited(dossier=dossier, unit_id=lent.unit, facets=facets, until=row.until, reason="sharing")
        row.save(force_insert=True)
        page = f"/files/{dossier}/"
        notify(actor=actor, units=[lent.unit], code="file_shared", link=page, dossier=dossier, now=now)
    return row
