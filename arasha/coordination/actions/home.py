"""A child away from home is not forgotten there: contact is owed at intervals until they return or the case closes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from arasha.cases.rules import LEAD_REASONS
from arasha.coordination import policy
from arasha.coordination.rules.home import Away
from arasha.kernel.access.actions import end_member
from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED, Named, State

PROCEDURE = "contact_from_home"
EVENT = "be_away_from_home"
# Kept from being raised again before their day: somebody said that this contact need not be.
LET_GO = (State.WAIVED, State.SUPERSEDED)


def ask_contacts(*, actor: Actor, now: datetime) -> int:
    """As the clock, let contact with each child who is away from home be owed, and end what is owed no more.

    The home district's coordination owes it. Where nobody at home may learn where the child is (a protected address, a
    lead that is protected, a file that left for a conflict of interest), who leads owes it instead, and the home
    district hears nothing. Returns how many duties were raised. Raises NotAllowed.
    """
    if not policy.may_ask_contacts(actor):
        raise policy.NotAllowed
    found = {one.about: one for one in _away(now) if one.is_away}
    of_concern = Q(state__in=[str(state) for state in OWED]) | Q(about__in=list(found))
    rows = Obligation.objects.filter(of_concern, protocol__code=PROCEDURE, about__isnull=False)
    duties = list(rows.order_by("raised_at", "id"))
    for duty in duties:
        one = found.get(duty.about) if duty.about else None
        if one is None or duty.step not in one.owed_as:
            _end(actor, duty, now)
    return sum(_asked(actor, one, [duty for duty in duties if duty.about == one.about], now) for one in found.values())


def _away(now: datetime) -> list[Away]:
    closed = [row.code for row in LEAD_REASONS if row.more["home"] == "no"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coordination.away_from_home(%s::text[], %s)", [closed, local(now).date()])
        return [Away(*row) for row in cursor.fetchall()]


def _asked(actor: Actor, away: Away, duties: Sequence[Obligation], now: datetime) -> bool:
    """Raise the next contact, unless one is owed or somebody let the last one go and its day is not over."""
    mine = [duty for duty in duties if duty.step in away.owed_as]
    if any(State(duty.state) in OWED for duty in mine):
        return False
    if mine and State(mine[-1].state) in LET_GO and mine[-1].due_now > now:
        return False
    with transaction.atomic():
        raised = raise_for(
            actor=actor,
            dossier=away.dossier,
            event=EVENT,
            codes={"contact": away.contact(first=not mine)},
            territory=away.place if away.hidden else away.home,
            from_moment=now,
            now=now,
            sealed_actor=False,
            named=Named(unit=away.lead if away.hidden else None, about=away.about),
        )
    return bool(raised)


def _end(actor: Actor, duty: Obligation, now: datetime) -> None:
    """End a contact that is owed no more. Who was on the file for nothing else leaves it."""
    with transaction.atomic():
        if State(duty.state) in OWED:
            settle(actor=actor, obligation=duty.pk, answer="", outcome="", now=now)
        parts = _parts(duty)
        if not parts:
            return
        codes = {"facet": Facet.OBLIGATIONS, "unit": duty.unit_id}
        with act(verb="end_home_contact", stream=dossier_stream(duty.dossier_id), now=now, codes=codes):
            for part in parts:
                end_member(member=part, reason="home_contact")


def _parts(duty: Obligation) -> list[UUID]:
    """Return the parts in the file that the unit has for contact from home alone."""
    if duty.unit_id is None:
        return []
    parts = Member.objects.filter(dossier=duty.dossier_id, unit=duty.unit_id, part="obliged", ended_at=None)
    others = Obligation.objects.filter(dossier=duty.dossier_id, unit=duty.unit_id).exclude(protocol__code=PROCEDURE)
    return [] if others.exists() else list(parts.values_list("pk", flat=True))
