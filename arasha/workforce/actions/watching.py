"""As the clock: a load that crosses its limit is told of once to who can relieve it. It stops nothing."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.urls import reverse

from arasha.cases.models import Case
from arasha.cases.queries import heads_of, loads_of
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.messages.actions import notify
from arasha.workforce import policy
from arasha.workforce.models import Overload


def watch_loads(*, actor: Actor, now: datetime) -> int:
    """Note who is over the limit of the unit now and who no longer is; tell of each crossing once. Returns how many.

    Raises NotAllowed.
    """
    if not policy.may_care(actor):
        raise policy.NotAllowed
    standing = set(Overload.objects.filter(until=None).values_list("unit", flat=True))
    leading = Case.objects.filter(state="open").exclude(lead_user=None).values("lead_unit")
    units = Unit.objects.filter(pk__in=leading) | Unit.objects.filter(pk__in=standing)
    return sum(_watch(actor, unit, now) for unit in units.order_by("pk"))


def _watch(actor: Actor, unit: Unit, now: datetime) -> int:
    over = {load.user for load in loads_of(actor, unit, now) if load.level == "over"}
    known = {row.worker_id: row for row in Overload.objects.filter(unit=unit, until=None)}
    begun, ended = sorted(over - set(known)), [known[user] for user in sorted(set(known) - over)]
    if not begun and not ended:
        return 0
    codes = {"unit": unit.pk, "begun": len(begun), "ended": len(ended)}
    with transaction.atomic(), act(verb="watch_loads", stream=body_stream(unit.body_id), now=now, codes=codes):
        for row in ended:
            row.until = now
            row.save(update_fields=["until"])
        for user in begun:
            Overload.objects.create(id=uuid4(), unit=unit, worker_id=user, since=now)
        if begun:
            _tell(actor, unit, set(begun), now)
    return len(begun)


def _tell(actor: Actor, unit: Unit, over: set[int], now: datetime) -> None:
    """Tell the heads; the unit above where there is none, or where the head is the one with too much."""
    posts = [post.pk for post in heads_of(unit.pk, now) if post.holder_id not in over]
    above = supervisor_of(unit, now)
    units = [] if posts else [above.pk if above else unit.pk]
    notify(actor=actor, code="over_limit", link=reverse("workforce:caseload"), posts=posts, units=units, now=now)
