"""A child's family as its pictures and tables need it: who there is, and who is whose.

The relationships are data (`people/data/relationships.csv`): the label in three languages, what the other side is to
the one (`inverse`; `girl` and `boy` name the same code for a known sex), whether it is kinship, and how it is drawn:
`tie` (parent, couple, sibling, kin, other), `up` (how many generations the one stands above the other) and `line`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parent.parent / "data"
RELATIONSHIPS = CodeList(DATA / "relationships.csv")


class Why(StrEnum):
    """Why something that was written of a family cannot be drawn in its place."""

    SELF = "self"
    NOBODY = "nobody"
    KIND = "kind"
    CYCLE = "cycle"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Member:
    """One person. `called`, `born` and `household` are ready words; `first_day` is the first day on which they may
    be born, and only puts brothers and sisters in order."""

    key: str
    called: str
    sex: str = "unknown"
    born: str = ""
    died: bool = False
    is_index: bool = False
    household: str = ""
    first_day: date | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """`one` is the `kind` of `other`: the mother of the child. `since` and `until` are ready words."""

    one: str
    other: str
    kind: str
    since: str = ""
    until: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Odd:
    """What is left out of a picture, and why."""

    why: Why
    tie: Tie | None = None
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Members by key and the ties between them, each written from the elder generation's side."""

    members: dict[str, Member]
    ties: Sequence[Tie]
    odd: Sequence[Odd]


def turned(tie: Tie, sex: str = "unknown") -> Tie:
    """Return the same tie from the other side; `sex` is the other's, who becomes the one. Raises UnknownCode."""
    inverse = RELATIONSHIPS[RELATIONSHIPS[tie.kind].more["inverse"]]
    kind = inverse.more.get(sex) if sex in ("girl", "boy") else ""
    return replace(tie, one=tie.other, other=tie.one, kind=kind or inverse.code)


def up(tie: Tie) -> int:
    """Return how many generations the one stands above the other. Raises UnknownCode."""
    return int(RELATIONSHIPS[tie.kind].more["up"])


def shape_of(tie: Tie) -> str:
    """Return what a tie is to a picture: parent, couple, sibling, kin or other. Raises UnknownCode."""
    return RELATIONSHIPS[tie.kind].more["tie"]


def line_of(tie: Tie) -> str:
    """Return with which line a tie is drawn, empty where it has none of its own. Raises UnknownCode."""
    return RELATIONSHIPS[tie.kind].more["line"]


def family(members: Sequence[Member], ties: Sequence[Tie]) -> Family:
    """Sort what was written of a family: what contradicts itself is not drawn but named in `odd`; nothing raises."""
    odd: list[Odd] = []
    by_key: dict[str, Member] = {}
    for member in members:
        if member.key in by_key:
            odd.append(Odd(Why.TWICE, member=member))
        else:
            by_key[member.key] = member
    kept: dict[tuple[str, str, str], Tie] = {}
    for tie in ties:
        why = _wrong(tie, by_key)
        if why:
            odd.append(Odd(why, tie=tie))
            continue
        elder = turned(tie, by_key[tie.other].sex) if up(tie) < 0 else tie
        if up(elder) or (elder.other, elder.one, elder.kind) not in kept:
            kept[elder.one, elder.other, elder.kind] = elder
    sound, cycles = _without_cycles(list(kept.values()))
    return Family(by_key, sound, [*odd, *cycles])


def households(members: Sequence[Member]) -> dict[str, int]:
    """Return the number of each household: the index person's is 1, the others follow as they are named."""
    first = [member.household for member in members if member.is_index]
    named = [name for name in [*first, *(member.household for member in members)] if name]
    return {name: number for number, name in enumerate(dict.fromkeys(named), start=1)}


def _wrong(tie: Tie, members: dict[str, Member]) -> Why | None:
    if tie.kind not in RELATIONSHIPS:
        return Why.KIND
    if tie.one == tie.other:
        return Why.SELF
    return None if tie.one in members and tie.other in members else Why.NOBODY


def _without_cycles(ties: Sequence[Tie]) -> tuple[list[Tie], list[Odd]]:
    """Leave out each tie of a parent by which somebody would be their own forebear; birth stands before the rest."""
    children: dict[str, list[str]] = {}
    wrong: set[Tie] = set()
    for line in ("birth", "step", "care"):
        for tie in ties:
            if shape_of(tie) == "parent" and line_of(tie) == line:
                if tie.one in _below(tie.other, children):
                    wrong.add(tie)
                else:
                    children.setdefault(tie.one, []).append(tie.other)
    return [tie for tie in ties if tie not in wrong], [Odd(Why.CYCLE, tie=tie) for tie in ties if tie in wrong]


def _below(key: str, children: dict[str, list[str]]) -> set[str]:
    """Return a person and all their descendants."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(children.get(here, ()))
    return found
