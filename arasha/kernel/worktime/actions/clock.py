"""What an instance is for, and the clock of those that are not real."""

from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, IntegrityError, connections, transaction

from arasha.kernel.worktime import policy
from arasha.kernel.worktime.models import Clock, Instance, InstanceKind
from arasha.kernel.worktime.queries import clock_ahead

FARTHEST = timedelta(days=3660)


class AlreadyDeclared(Exception):
    """The database was declared before, to be something else."""


class ClockRefused(Exception):
    """The clock cannot be moved so: the instance is real, or the clock would go back or more than ten years ahead."""


def declare_instance(
    *, kind: str, actor: policy.Actor, now: datetime, behind: timedelta = timedelta(0), using: str = "owner"
) -> None:
    """Write what this database is for, once, when it is created; the same kind again changes nothing.

    `behind`: how long ago the clock of a training or demonstration instance begins, so that a story may end at the
    present; the database takes it with the declaration alone. Runs on the owner's connection.
    Raises AlreadyDeclared, ValueError for an unknown kind, policy.NotAllowed.
    """
    if actor.kind != "installation":
        raise policy.NotAllowed("an instance is declared when it is installed")
    wanted = InstanceKind(kind)
    try:
        with transaction.atomic(using=using):
            Instance.objects.using(using).create(kind=wanted, declared_at=now)
            if behind and wanted != InstanceKind.PRODUCTION:
                Clock.objects.using(using).create(ahead_seconds=-round(behind.total_seconds()))
    except IntegrityError:
        declared = Instance.objects.using(using).values_list("kind", flat=True).first()
        if declared != wanted:
            raise AlreadyDeclared(f"this database is declared {declared} and stays so") from None


def advance_clock(*, by: timedelta, actor: policy.Actor, now: datetime, using: str = "default") -> datetime:
    """Move the training clock forward and return the domain's new now. Raises ClockRefused, policy.NotAllowed."""
    return _move(clock_ahead(using=using) + by, actor, now + by, using)


def set_clock(*, to: datetime, actor: policy.Actor, now: datetime, using: str = "default") -> datetime:
    """Move the training clock forward to a moment and return it. Raises ClockRefused, policy.NotAllowed."""
    return _move(clock_ahead(using=using) + (to.astimezone(UTC) - now), actor, to, using)


def _move(ahead: timedelta, actor: policy.Actor, then: datetime, using: str) -> datetime:
    if not policy.may_move_clock(actor):
        raise policy.NotAllowed("this actor does not move the clock")
    if ahead > FARTHEST:
        raise ClockRefused("the clock goes at most ten years ahead")
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute("SELECT worktime.set_clock(%s)", [round(ahead.total_seconds())])
    except DatabaseError as problem:
        raise ClockRefused("this instance's clock does not move so") from problem
    return then
