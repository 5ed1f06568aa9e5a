"""Now, as the domain knows it."""

from datetime import UTC, datetime, timedelta

from django.db import connections

from arasha.kernel.worktime.models import Instance


class InstanceUndeclared(Exception):
    """Nobody has said what this database is for; `declare_instance` is called when it is created."""


def instance_kind(*, using: str = "default") -> str:
    """Return "training", "demonstration" or "production". Raises InstanceUndeclared."""
    kind = Instance.objects.using(using).values_list("kind", flat=True).first()
    if kind is None:
        raise InstanceUndeclared("this database was never declared to be training, demonstration or production")
    return kind


def clock_ahead(*, using: str = "default") -> timedelta:
    """Return how far the domain's clock is ahead of the real one: zero in production and where nothing was moved."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT worktime.now() - pg_catalog.now()")
        ahead: timedelta = cursor.fetchone()[0]
    return ahead


def domain_now(*, using: str = "default") -> datetime:
    """Return the moment (aware, UTC) at which the domain stands: pass it on as `now`, ask once a request."""
    return datetime.now(UTC) + clock_ahead(using=using)
