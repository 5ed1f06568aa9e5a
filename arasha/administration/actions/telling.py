"""Notices to those who decide: the administrators of a place and of what lies above it."""

from datetime import datetime

from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages import actions as messages
from arasha.kernel.territory.models import Territory

PROPOSALS = "/administration/proposals/"


def tell_administrators(*, actor: Actor, place: str, code: str, now: datetime) -> None:
    """Tell who administers a place that something waits for a second person."""
    path = Territory.objects.values_list("path", flat=True).get(pk=place).split(".")
    given = UnitFunction.objects.filter(function="administration", unit__territory__in=path, since__lte=now)
    units = given.exclude(until__lte=now).values_list("unit_id", flat=True)
    messages.notify(actor=actor, code=code, link=PROPOSALS, now=now, units=sorted(set(units)))


def tell_person(*, actor: Actor, user_id: int, code: str, now: datetime) -> None:
    """Tell who proposed what became of it."""
    messages.notify(actor=actor, code=code, link=PROPOSALS, now=now, users=[user_id])
