"""The shelf of procedures: every version with where it stands, and which of them cite an act."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.protocols import policy
from arasha.protocols.models import Decision, ProtocolVersion
from arasha.protocols.queries.versions import contents_of, decisions_of, lives_of, reach
from arasha.protocols.rules import Basis, Protocol, Step
from arasha.protocols.rules.standing import Force, Life, Stage, force_on


@dataclass(frozen=True)
class Volume:
    """One version on the shelf: its content, how far it has come, and what it means on the day that was asked for."""

    row: ProtocolVersion
    protocol: Protocol
    life: Life
    force: Force

    @property
    def standing(self) -> str:
        """One code for lists and filters: in_force, upcoming, replaced, ended, or how far a draft has come."""
        return self.life.stage.value if self.force is Force.NONE else self.force.value


@dataclass(frozen=True)
class Citation:
    """One place that cites an act; `step` None: the duty to report or the ladder, named by `place`."""

    volume: Volume
    basis: Basis
    step: Step | None
    place: str


@dataclass(frozen=True)
class Record:
    """One decision with the names of who took it."""

    decision: Decision
    name: str
    post: str


def shelf(actor: Actor, at: datetime, *, code: str = "") -> list[Volume]:
    """Return the versions that the actor may read, in order of code, the newest of each first."""
    day = local(at).date()
    rows = policy.visible_to(actor).defer("content").select_related("author_post__unit")
    if code:
        rows = rows.filter(code=code)
    return _volumes(list(rows), day)


def volume(actor: Actor, code: str, number: int, at: datetime) -> Volume | None:
    """Return one version, or None when there is no such version for the actor."""
    return next((found for found in shelf(actor, at, code=code) if found.row.number == number), None)


def citations(volumes: Iterable[Volume]) -> dict[str, list[Citation]]:
    """Return by act every place of these versions that cites it."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for one in volumes:
        for bound in one.protocol.bound:
            for basis in bound.basis:
                found[basis.act].append(Citation(one, basis, None, "bound"))
        for step in one.protocol.steps:
            for basis in step.basis:
                found[basis.act].append(Citation(one, basis, step, "step"))
        for basis in one.protocol.ladder_basis:
            found[basis.act].append(Citation(one, basis, None, "ladder"))
    return found


def records(of: Volume) -> list[Record]:
    """Return the decisions about a version, oldest first, with who took them."""
    decisions = list(decisions_of([of.row]).select_related("post"))
    names = names_of({decision.user_id for decision in decisions})
    return [Record(decision, names.get(decision.user_id, ""), decision.post.title) for decision in decisions]


def waiting_for(actor: Actor, at: datetime) -> list[Volume]:
    """Return the drafts and proposed ends that wait for somebody like the actor to decide; not one's own."""
    if not policy.sees_drafts(actor):
        return []
    open_stages = {Stage.DRAFT, Stage.REVIEWED, Stage.ENDING}
    return [found for found in shelf(actor, at) if found.life.stage in open_stages]


def _volumes(rows: Sequence[ProtocolVersion], day: date) -> list[Volume]:
    lives = lives_of(rows)
    siblings: dict[str, list[ProtocolVersion]] = defaultdict(list)
    for row in rows:
        siblings[row.code].append(row)
    found = []
    for row, content in contents_of(rows):
        others = [reach(other, lives[other.id]) for other in siblings[row.code]]
        found.append(Volume(row, content, lives[row.id], force_on(reach(row, lives[row.id]), others, day)))
    return sorted(found, key=lambda one: (one.row.code, -one.row.number))
