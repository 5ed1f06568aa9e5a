"""The tables that stand beside the pictures of a family: the same content in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.people.rules.ecomap import BONDS, FLOWS, SYSTEMS, Bond, OddBond, System
from arasha.people.rules.family import RELATIONSHIPS, Member, Odd, Tie, Why, households

REASONS: dict[Why, Promise] = {
    Why.SELF: _("a person cannot be their own kin"),
    Why.NOBODY: _("one of the two is not among the members of the family"),
    Why.KIND: _("this relationship is not in the list"),
    Why.CYCLE: _("somebody would be their own forebear"),
    Why.TWICE: _("this person is written down twice"),
}
BOND_REASONS: dict[Why, Promise] = {
    Why.NOBODY: _("it is bound with somebody who does not live in the household"),
    Why.KIND: _("this kind of bond is not in the list"),
    Why.TWICE: _("this is written down twice"),
}


@dataclass(frozen=True, slots=True)
class ToldTie:
    """A tie as a line of the table: who is what to whom; `label` in the reader's language."""

    one: str
    label: str
    other: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class ToldMember:
    """A member as a line of the table, with the number of the household, 0 where none was named."""

    member: Member
    home: int


@dataclass(frozen=True, slots=True)
class ToldBond:
    """A bond as a line of the table; a system without a bond stands with empty words."""

    system: str
    kind: str
    strength: str = ""
    flow: str = ""
    whose: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToldOdd:
    """What is not drawn, and why."""

    names: str
    why: Promise


def told_members(members: Sequence[Member]) -> list[ToldMember]:
    """Return every member, the child first, then as they were named."""
    numbers = households(members)
    ordered = sorted(members, key=lambda member: not member.is_index)
    return [ToldMember(member, numbers.get(member.household, 0)) for member in ordered]


def told_ties(members: Sequence[Member], ties: Sequence[Tie]) -> list[ToldTie]:
    """Return every tie between known members whose relationship is in the list."""
    names = {member.key: member.called for member in members}
    return [
        ToldTie(names[tie.one], RELATIONSHIPS.label(tie.kind), names[tie.other], tie)
        for tie in ties
        if tie.kind in RELATIONSHIPS and tie.one in names and tie.other in names
    ]


def told_odd(members: Sequence[Member], odd: Sequence[Odd]) -> list[ToldOdd]:
    """Return what a genogram left out, in words; a person whom nobody knows stands as a dash."""
    names = {member.key: member.called for member in members}
    found = []
    for entry in odd:
        keys = [entry.tie.one, entry.tie.other] if entry.tie else [entry.member.key if entry.member else ""]
        found.append(ToldOdd(" – ".join(names.get(key, "?") for key in dict.fromkeys(keys)), REASONS[entry.why]))
    return found


def told_bonds(household: Sequence[Member], systems: Sequence[System], bonds: Sequence[Bond]) -> list[ToldBond]:
    """Return what is around a household, each system with its bonds; in the reader's language."""
    names = {member.key: member.called for member in household}
    rows = []
    for system in systems:
        kind = SYSTEMS.label(system.kind) if system.kind in SYSTEMS else ""
        own = [bond for bond in bonds if bond.system == system.key and bond.strength in BONDS and bond.flow in FLOWS]
        rows += [
            ToldBond(
                system.called,
                kind,
                BONDS.label(bond.strength),
                FLOWS.label(bond.flow),
                names.get(bond.member, bond.member and "?"),
                bond.note,
            )
            for bond in own
        ] or [ToldBond(system.called, kind)]
    return rows


def told_odd_bonds(systems: Sequence[System], odd: Sequence[OddBond]) -> list[ToldOdd]:
    """Return what an eco-map left out, in words."""
    names = {system.key: system.called for system in systems}
    found = []
    for entry in odd:
        key = entry.bond.system if entry.bond else entry.system.key if entry.system else ""
        found.append(ToldOdd(names.get(key, "?"), BOND_REASONS[entry.why]))
    return found
