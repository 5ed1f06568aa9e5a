"""What a form offers: units that can answer for a pilot, and offerings of the directory that its money can pay for."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.governance.queries.reading import Line
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.queries import chain
from arasha.kernel.worktime.rules import local
from arasha.services.models import Offering
from arasha.services.queries import Told, shown_all, told
from arasha.services.rules import package

MOST = 100


def answering(actor: Actor, today: date) -> QuerySet[Unit]:
    """Return the units that can answer for a pilot which the actor keeps: in its own territory, or above it.

    A country has thousands of units; below the own territory one level is offered: to the nation the regions' units.
    """
    own = chain(actor.territory)
    if not own:
        return Unit.objects.none()
    near = Q(territory__path__startswith=f"{own[0].path}.", territory__level=own[0].level + 1)
    standing = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gt=today))
    rows = Unit.objects.filter(standing, Q(territory__in=[one.pk for one in own]) | near)
    return rows.order_by("-territory__level", "name_kk", "pk")


def paid_for(offerings: Iterable[UUID], *, now: datetime, language: str) -> list[Told]:
    """Return what the directory says of these offerings; of what is protected nothing."""
    found = shown_all(offerings, now=now).values()
    return sorted(
        told((one for one in found if not one.protected), language=language, now=now),
        key=lambda one: (one.place, one.title, one.service),
    )


def choosable(line: Line, words: str, *, now: datetime, language: str) -> list[Told]:
    """Return offerings at sites in the pilot's territories, at most MOST, that bear these words; no protected one."""
    at = Q()
    for place in line.places:
        at |= Q(site__territory__path=place.path) | Q(site__territory__path__startswith=f"{place.path}.")
    rows = Offering.objects.filter(at, protected=False).exclude(status="closed")
    if words.strip():
        rows = rows.filter(_bears(words.strip(), local(now).date(), language))
    found = rows.order_by("site__territory__path", "site__provider_id", "pk").values_list("pk", flat=True)
    return paid_for(found[:MOST], now=now, language=language)


def _bears(words: str, today: date, language: str) -> Q:
    services = [code for code, one in package(today).items() if words.casefold() in one.label(language).casefold()]
    where = ("site", "site__provider__body", "site__territory")
    found = Q(service__in=services)
    for name in (f"{one}__name_{spoken}" for one in where for spoken in ("kk", "ru", "en")):
        found |= Q(**{f"{name}__icontains": words})
    return found


def open_of(offerings: Iterable[UUID]) -> tuple[UUID, ...]:
    """Return those that stand in the directory and are not protected, in their order."""
    wanted = list(dict.fromkeys(offerings))
    found = set(Offering.objects.filter(pk__in=wanted, protected=False).values_list("pk", flat=True))
    return tuple(one for one in wanted if one in found)
