"""A helpline's figures: three questions to the database, which counts and holds small numbers back itself."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from arasha.helpline import policy
from arasha.helpline.models import PastEdition
from arasha.helpline.rules.periods import Period
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor

CONTACTS = "SELECT * FROM helpline.contact_figures(%s, %s, %s)"
CALLS = "SELECT * FROM helpline.call_figures(%s, %s)"
PAST = "SELECT * FROM helpline.past_figures(%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Contacts:
    """Counts of contacts; None: fewer than ten, for who reads from outside. Lengths are in seconds."""

    contacts: int | None = 0
    answered: int | None = 0
    referred: int | None = 0
    signals: int | None = 0
    reply_median: int | None = None
    reply_ninetieth: int | None = None
    replied: int | None = 0
    handled: int | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """Counts and lengths of calls as the exchange told them."""

    offered: int | None = 0
    answered: int | None = 0
    abandoned: int | None = 0
    missed: int | None = 0
    overflowed: int | None = 0
    lost: int | None = 0
    waited: int | None = 0
    in_20: int | None = 0
    in_30: int | None = 0
    wait_median: int | None = None
    wait_ninetieth: int | None = None
    talked: int | None = 0
    talk_mean: int | None = None
    held_mean: int | None = None
    known: int | None = 0
    repeated: int | None = 0
    strange: int | None = 0


@dataclass(frozen=True, slots=True)
class Past:
    """Imported figures of one edition that stands, by what they are told apart by."""

    edition: PastEdition
    unit: str
    by: str
    figures: dict[str, dict[str, int | None]]


@dataclass(slots=True)
class Figures:
    """Everything of one period; `inside`: the reader watches over the helpline and sees exact numbers."""

    inside: bool
    total: Contacts = field(default_factory=Contacts)
    by: dict[str, dict[str, Contacts]] = field(default_factory=lambda: defaultdict(dict))
    calls: Calls | None = None
    calls_by_month: dict[str, Calls] = field(default_factory=dict)
    past: list[Past] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Say whether there is nothing to show at all."""
        return not self.by["month"] and self.calls is None and not self.past


def figures(actor: Actor, period: Period, region: str = "") -> Figures:
    """Return the figures of a period, of one region if it is named. Raises NotAllowed."""
    if not policy.may_see_figures(actor):
        raise policy.NotAllowed
    found = Figures(inside=bool(policy.supervised_units(actor)))
    for what, code, *counts in _rows(CONTACTS, [period.since, period.until, region]):
        contacts, answered, referred, signals, _repeated, median, ninetieth, replied, handled = counts
        one = Contacts(contacts, answered, referred, signals, median, ninetieth, replied, handled)
        if what == "all":
            found.total = one
        else:
            found.by[what][code] = one
    if not region:  # nobody knows where a caller is before the talk
        for month, *values in _rows(CALLS, [period.since, period.until]):
            one_month = Calls(*values)
            if month:
                found.calls_by_month[month] = one_month
            elif one_month.offered != 0:
                found.calls = one_month
    if not found.calls_by_month:
        found.calls = None
    found.past = _past(period, region)
    return found


def editions(actor: Actor) -> list[tuple[PastEdition, str]]:
    """Return every edition of past figures that the actor may see, with who handed it in; the newest first."""
    if not policy.may_see_figures(actor):
        return []
    rows = list(PastEdition.objects.select_related("unit").order_by("-imported_at", "-version")[:200])
    names = names_of({row.imported_by_id for row in rows if row.imported_by_id})
    return [(row, names.get(row.imported_by_id or 0, "")) for row in rows]


def _past(period: Period, region: str) -> list[Past]:
    told: dict[Any, dict[str, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for edition, what, code, contacts in _rows(PAST, [period.since.date(), period.until.date(), region]):
        told[edition][what][code] = contacts
    rows = PastEdition.objects.filter(pk__in=list(told)).select_related("unit").order_by("source", "version")
    found = list(rows)
    names = names_of({row.imported_by_id for row in found if row.imported_by_id})
    units = {row.pk: row.name for row in Unit.objects.filter(pk__in=[one.unit_id for one in found])}
    return [Past(row, units[row.unit_id], names.get(row.imported_by_id or 0, ""), dict(told[row.pk])) for row in found]


def _rows(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [tuple(row) for row in cursor.fetchall()]
