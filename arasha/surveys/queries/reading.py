"""Surveys and their releases. Nothing here counts answers: a count that moves points to who has just answered."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from arasha.kernel.access.rules import Actor
from arasha.surveys import policy
from arasha.surveys.models import Release, Survey

MOST = 200


def surveys(actor: Actor) -> list[Survey]:
    """Return the newest surveys that are there for the actor."""
    return list(policy.visible_to(actor).select_related("unit").order_by("-recorded_at", "id")[:MOST])


def survey(actor: Actor, survey: UUID) -> Survey | None:
    """Return one survey, or None."""
    return policy.visible_to(actor).select_related("unit").filter(pk=survey).first()


def releases_of(survey: Survey) -> list[Release]:
    """Return what was told of a survey: of the class, or of its girls and boys."""
    return list(Release.objects.filter(survey=survey).order_by("-group"))


def due(actor: Actor, now: datetime) -> Iterable[UUID]:
    """Return the surveys whose time is over."""
    found = policy.own(actor).exclude(state="closed").filter(ends_at__lte=now)
    return list(found.order_by("ends_at").values_list("pk", flat=True))
