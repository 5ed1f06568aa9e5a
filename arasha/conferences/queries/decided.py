"""What was decided, and whether it was carried out: the duty says so, wherever it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from arasha.cases.queries import place
from arasha.conferences.models import Decision, Dissent, Item, Minutes
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many, open_text
from arasha.kernel.vault.rules import KeyErased, Sealed
from arasha.obligations.models import Obligation
from arasha.obligations.rules import FULFILLED, OWED, State

LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Differing:
    """A dissent: which unit, who wrote it, its words; None: they were erased."""

    row: Dissent
    who: str
    words: str | None


@dataclass(frozen=True)
class Decided:
    """A decision with its words (None: erased), the duty that it became, and who saw it otherwise."""

    row: Decision
    words: str | None
    duty: Obligation
    dissents: tuple[Differing, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return State(self.duty.state) in FULFILLED

    @property
    def is_owed(self) -> bool:
        """Whether somebody still owes it."""
        return State(self.duty.state) in OWED


def item_link(item: UUID) -> str:
    """Return the address of an item's page."""
    return f"/conferences/items/{item}/"


def decided_in(duty: Obligation) -> str:
    """Return the address of the item in which a duty was decided, where it is there for whoever acts; else nothing."""
    if duty.about is None:
        return ""
    item = Decision.objects.filter(pk=duty.about).values_list("item_id", flat=True).first()
    return item_link(item) if item is not None else ""


def duties_of(rows: Iterable[Decision]) -> dict[UUID, Obligation]:
    """Return by decision the duty as it stands now: where another unit took it over, that unit's."""
    first = {row.pk: row.obligation_id for row in rows}
    known = Obligation.objects.select_related("unit").in_bulk(set(first.values()))
    current = {pk: known[duty] for pk, duty in first.items()}
    for _step in range(LONGEST_CHAIN):
        onward = {pk: duty.replaced_by_id for pk, duty in current.items() if duty.replaced_by_id is not None}
        if not onward:
            break
        later = Obligation.objects.select_related("unit").in_bulk({one for one in onward.values() if one})
        moved = {pk: later[duty] for pk, duty in onward.items() if duty in later}
        if not moved:
            break
        current |= moved
    return current


def decisions_of(item: UUID) -> list[Decided]:
    """Return what was decided in an item, in its order, with dissents, for whoever was at the table."""
    return read_decisions(Decision.objects.filter(item=item).select_related("unit").order_by("number"))


def read_decisions(found: Iterable[Decision]) -> list[Decided]:
    """Return decisions with words, duties and dissents."""
    rows = list(found)
    duties = duties_of(rows)
    words = _opened(rows, "decision")
    dissents = list(Dissent.objects.filter(decision__in=[row.pk for row in rows]).select_related("unit").order_by("at"))
    said, names = _opened(dissents, "dissent"), names_of({row.user_id for row in dissents})
    beside: dict[UUID, list[Differing]] = {}
    for row, text in zip(dissents, said, strict=True):
        beside.setdefault(row.decision_id, []).append(Differing(row, names.get(row.user_id, ""), text))
    return [
        Decided(row, text, duties[row.pk], tuple(beside.get(row.pk, ()))) for row, text in zip(rows, words, strict=True)
    ]


def minutes_of(item: UUID) -> list[Minutes]:
    """Return the versions of an item's minutes, the newest first."""
    return list(Minutes.objects.filter(item=item).select_related("unit").order_by("-number"))


def minutes_text(row: Minutes) -> str | None:
    """Return what a version of the minutes holds, or None: it was erased."""
    try:
        return open_text(bytes(row.sealed), row=str(row.pk), **place(row.dossier_id, Facet.OBLIGATIONS, _table(row)))
    except KeyErased:
        return None


def undone(unit: int, by: datetime) -> list[Decision]:
    """Return the decisions of a unit's sittings that nobody carried out and that are due by a moment, oldest first.

    Until a later sitting has dealt with the file since the duty fell due, they come back.
    """
    owed = Q(obligation__state__in=[state.value for state in OWED]) | Q(obligation__replaced_by__isnull=False)
    found = Decision.objects.filter(owed, item__unit=unit).exclude(verdict="not_confirmed")
    rows = list(found.select_related("item").order_by("at"))
    duties = duties_of(rows)
    late = [row for row in rows if State(duties[row.pk].state) in OWED and duties[row.pk].due_now <= by]
    return [row for row in late if not _taken_up(row, duties[row.pk])]


def unconfirmed(unit: int) -> list[Decision]:
    """Return the decisions of a unit's sittings that were taken without quorum and wait for a word, oldest first."""
    rows = Decision.objects.filter(item__unit=unit, without_quorum=True, verdict="")
    return list(rows.select_related("item", "unit").order_by("at"))


def to_confirm(item: Item) -> list[Decided]:
    """Return the decisions about an item's file that its unit took without quorum elsewhere and nobody confirmed."""
    rows = Decision.objects.filter(dossier=item.dossier_id, item__unit=item.unit_id, without_quorum=True, verdict="")
    return read_decisions(rows.exclude(item=item).select_related("unit", "item__sitting").order_by("at"))


def confirmed_in(item: UUID) -> list[Decision]:
    """Return the decisions on which a word was said in an item."""
    return list(Decision.objects.filter(confirmed_in=item).select_related("item__sitting").order_by("at"))


def earlier(item: Item) -> list[Decided]:
    """Return the decisions of earlier items about the file that are still owed, for whoever was at the table."""
    rows = Decision.objects.filter(dossier=item.dossier_id, item__unit=item.unit_id).exclude(item=item)
    found = read_decisions(rows.select_related("unit", "item__sitting").order_by("at"))
    return [one for one in found if one.is_owed]


def _taken_up(row: Decision, duty: Obligation) -> bool:
    """Say whether a later sitting decided about the file after the duty had fallen due."""
    later = Item.objects.filter(dossier=row.dossier_id, unit=row.item.unit_id, state="decided", put_at__gt=row.at)
    return later.filter(decisions__at__gt=duty.due_now).exists()


def _table(row: Decision | Dissent | Minutes) -> str:
    return row._meta.db_table


def _opened(rows: Iterable[Decision | Dissent], table: str) -> list[str | None]:
    sealed = [
        Sealed(
            bytes(row.sealed),
            row=str(row.pk),
            **place(row.dossier_id, Facet.OBLIGATIONS, f"conferences_{table}"),
        )
        for row in rows
    ]
    return open_many(sealed)
