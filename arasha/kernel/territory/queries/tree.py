"""Up and down the tree of units."""

from datetime import date

from django.db.models import Q, QuerySet

from arasha.kernel.territory.models import FormerName, Territory
from arasha.kernel.territory.rules import alphabetical


def valid_on(at: date | None) -> Q:
    """Return the condition of being a unit on that day (without a day: of having no end)."""
    if at is None:
        return Q(valid_to__isnull=True)
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=at)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def territory(kato: str, at: date | None = None) -> Territory | None:
    """Return the unit with this code as it stands on a day (without a day: whenever it stood)."""
    found = Territory.objects.filter(pk=kato)
    return (found if at is None else found.filter(valid_on(at))).first()


def chain(kato: str) -> list[Territory]:
    """Return the unit and everything above it, nearest first, the nation last; empty for an unknown code."""
    path = Territory.objects.filter(pk=kato).values_list("path", flat=True).first()
    if path is None:
        return []
    return sorted(Territory.objects.filter(pk__in=path.split(".")), key=lambda unit: -unit.level)


def ancestors(kato: str) -> list[Territory]:
    """Return what stands above the unit, nearest first, the nation last."""
    return chain(kato)[1:]


def district_of(kato: str) -> Territory | None:
    """Return the unit of the second level that holds this one (or is it), None above the second level."""
    return next((unit for unit in chain(kato) if unit.level == 2), None)


def region_of(kato: str) -> Territory | None:
    """Return the oblast or city of republican significance that holds this unit (or is it), None for the nation."""
    return next((unit for unit in chain(kato) if unit.level == 1), None)


def children_of(kato: str, at: date | None = None, *, language: str = "kk") -> list[Territory]:
    """Return the units right below on a day, in the order of the reader's alphabet."""
    below = Territory.objects.filter(valid_on(at), parent_id=kato)
    return sorted(below, key=lambda unit: alphabetical(unit.name(language)))


def within(kato: str, at: date | None = None) -> QuerySet[Territory]:
    """Return the unit and everything below it on a day; nothing for an unknown code."""
    path = Territory.objects.filter(pk=kato).values_list("path", flat=True).first()
    if path is None:
        return Territory.objects.none()
    return Territory.objects.filter(valid_on(at)).filter(Q(path=path) | Q(path__startswith=f"{path}."))


def former_names(kato: str) -> list[FormerName]:
    """Return the official names that the unit bore before, latest first."""
    return list(FormerName.objects.filter(territory_id=kato).order_by("-until"))
