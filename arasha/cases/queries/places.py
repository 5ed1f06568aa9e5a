"""Kinds of bodies to choose from."""

from arasha.cases.rules import LEADERS_OF
from arasha.kernel.access.models import Function, Unit


def functions_that_lead(kind: str, language: str) -> list[tuple[str, str]]:
    """Return the functions that may lead a file of a kind, with their names."""
    rows = Function.objects.filter(code__in=LEADERS_OF[kind])
    return [(row.code, str(getattr(row, f"label_{language}", row.label_kk))) for row in rows.order_by("code")]


def unit_name(unit: int) -> str:
    """Return what a unit is called in the reader's language."""
    found = Unit.objects.filter(pk=unit).first()
    return found.name if found else ""
