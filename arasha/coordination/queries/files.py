"""One file as its pages show it: what it is about, who is on it, what is owed, what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from arasha.cases import queries as cases
from arasha.coordination.queries.matters import Matter
from arasha.coordination.queries.story import acts
from arasha.kernel.access.models import Dossier, Member, Unit
from arasha.kernel.access.queries import names_of, team_of, visible_dossiers
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.queries import ActLine
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED, State
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.rules import Protocol
from arasha.signals import queries as signals
from arasha.signals.models import Signal

# What a page reads of a story at once: the longest that files are known to have is a few hundred acts.
STORY = 2000


@dataclass(frozen=True)
class FilePage:
    """One dossier as its page shows it. `acts` are oldest first; `said` is how and when the child last said something.

    Of what the reader may read: words in a sealed facet are not there for who may not read that.
    """

    dossier: Dossier
    matter: Matter
    team: list[Member]
    obligations: list[Obligation]
    acts: list[ActLine]
    units: dict[int, Unit]
    origins: list[UUID]
    procedures: Mapping[int, Protocol] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    said: tuple[str, datetime] | None = None

    @property
    def dossiers(self) -> list[UUID]:
        """The file and the signals' files that it grew from."""
        return [self.dossier.pk, *self.origins]


def file_head(actor: Actor, dossier: UUID) -> FilePage | None:
    """Return a file without its acts, or None: it is not there, for this actor or at all."""
    found = visible_dossiers(actor).filter(pk=dossier).first()
    if found is None:
        return None
    case = cases.of_dossiers([dossier]).get(dossier)
    origins = cases.origins(case) if case else []
    told = Signal.objects.filter(dossier__in=[dossier, *origins]).order_by("received_at", "pk").first()
    children = signals.children_of([dossier]) if case is None else {}
    rows = obligations.of_dossier(actor, dossier).select_related(None).defer("derivation")
    owed = list(rows)
    team = team_of([dossier])
    leads = [case.lead_user_id] if case and case.lead_user_id else []
    matter = Matter(case, told, children.get(dossier))
    page = FilePage(found, matter, team, owed, [], {}, origins, procedures(owed), names_of(leads))
    page.units.update(units(named(page, [])))
    for row in owed:  # a file owes many things to few units: none is asked for again
        row.unit = page.units.get(row.unit_id) if row.unit_id else None
    return page


def file_page(actor: Actor, dossier: UUID) -> FilePage | None:
    """Return everything of one file, or None: it is not there, for this actor or at all.

    A case's story begins with the signals that it grew from.
    """
    page = file_head(actor, dossier)
    if page is None:
        return None
    page.acts.extend(reversed(acts(page.dossiers, limit=STORY)))
    missing = named(page, page.acts) - set(page.units)
    page.units.update(units(missing))
    return replace(page, said=cases.last_said(page.dossiers))


def is_owed(row: Obligation) -> bool:
    """Say whether somebody must still do it, whether or not its time stands still."""
    return State(row.state) in OWED


def ended_at(row: Obligation) -> datetime | None:
    """Return when a duty ended, in whichever way; None while somebody must still do it."""
    return row.met_at or row.ended_at


def procedures(owed: Iterable[Obligation]) -> dict[int, Protocol]:
    """Return what versions of procedures say, each read once for any number of duties that rest on it."""
    versions = {row.protocol_id for row in owed}
    rows = ProtocolVersion.objects.in_bulk(versions) if versions else {}
    return {key: Protocol.from_content(row.content) for key, row in rows.items()}


def units(ids: Iterable[int]) -> dict[int, Unit]:
    """Return units by id."""
    wanted = set(ids)
    return Unit.objects.in_bulk(wanted) if wanted else {}


def named(page: FilePage, lines: Sequence[ActLine]) -> set[int]:
    """Return the units that a file's team, duties and acts name."""
    named = {member.unit_id for member in page.team} | {row.unit_id for row in page.obligations}
    named |= {told.unit_id for row in page.obligations for told in row.escalations.all()}
    for line in lines:
        named |= {line.actor_unit, line.codes.get("unit")}
        named |= {rung.get("unit") for rung in line.codes.get("rungs", [])}
    return {unit for unit in named if isinstance(unit, int)}
