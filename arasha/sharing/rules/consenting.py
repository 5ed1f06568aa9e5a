"""Whose consent counts, what may be lent, and until when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from arasha.kernel.access.rules import Facet, mask, matrix
from arasha.people.rules import Birth
from arasha.sharing.rules.lists import (
    ADULT,
    ANSWERS,
    BODY,
    CHILD,
    GIVERS,
    GROUNDS,
    NOT_ASKED,
    PARTS,
    PURPOSES,
    WAYS,
)

# From this age on the child's own consent counts, and no adult's in its stead (row C22; not verified by a lawyer).
OWN_SAY: Final = 14
LONGEST: Final = 2000
LONGEST_DAYS: Final = 365
# How many days before its end a consent is asked for anew.
REMIND_DAYS: Final = 14
# Sent with every share: without it nobody could know of which child they read.
ALWAYS: Final = Facet.IDENTITY


class Faulty(ValueError):
    """What was typed can't stand: pairs of a field and a code (`empty`, `long`, `choose`, `past`, `explain`)."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Lent:
    """What is lent to a unit: facets by the codes of `parts.csv`, for which purposes, and the last day."""

    unit: int
    purposes: tuple[str, ...]
    parts: tuple[str, ...]
    until: date | None

    def faults(self, today: date) -> list[tuple[str, str]]:
        """Return what can't stand of it: nothing chosen, or a day that is over or more than a year away."""
        found = [
            (name, "choose")
            for name, codes, chosen in (("purposes", PURPOSES, self.purposes), ("parts", PARTS, self.parts))
            if not chosen or any(code not in codes for code in chosen)
        ]
        if self.until is None:
            return [*found, ("until", "empty")]
        if not today <= self.until <= today + timedelta(days=LONGEST_DAYS):
            found.append(("until", "past" if self.until < today else "far"))
        return found


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered, by whom (`person`: an adult of the file), about what, and how."""

    answer: str
    giver: str
    lent: Lent
    person: UUID | None = None
    way: str = ""
    why: str = ""
    explained: bool = False
    witness: str = field(default="", repr=False)
    wishes: str = field(default="", repr=False)

    def check(self, today: date, *, own_say: bool) -> None:
        """Raise Faulty for what is missing. Whoever says no owes no day; who was not asked, a reason alone."""
        faults = [("giver", "choose")] if self.giver not in GIVERS or (self.giver == ADULT) != bool(self.person) else []
        faults += [("answer", "choose")] if self.answer not in ANSWERS else []
        if self.answer == "given":
            faults += self.lent.faults(today)
        if self.answer in ("given", "refused") and self.way not in WAYS:
            faults.append(("way", "choose"))
        elif self.answer == "given" and WAYS[self.way].more["witness"] == "yes" and not self.witness.strip():
            faults.append(("witness", "empty"))
        if self.answer == "given" and self.giver == CHILD and own_say and not self.explained:
            faults.append(("explained", "explain"))
        if (self.answer == "not_asked") != (self.why in NOT_ASKED):
            faults.append(("why", "choose"))
        faults += [(name, "long") for name in ("witness", "wishes") if len(getattr(self, name)) > LONGEST]
        if faults:
            raise Faulty(*faults)


def check_ground(ground: str, words: str, lent: Lent, today: date) -> None:
    """Raise Faulty where a share without consent names no ground of the list, no reason, or what can't be lent."""
    faults = lent.faults(today)
    faults += [("ground", "choose")] if ground not in GROUNDS else []
    faults += [("words", "long" if words.strip() else "empty")] if not 0 < len(words.strip()) <= LONGEST else []
    if faults:
        raise Faulty(*faults)


def own_say(birth: Birth | None, day: date) -> bool:
    """Say whether the child's own consent counts: from 14 on, and where nobody knows how old the child is."""
    return birth is None or birth.ages_on(day)[1] >= OWN_SAY


def counts(giver: str, *, own_say: bool) -> bool:
    """Say whether something may rest on a consent: a child's own from 14 on, an adult's or representative's below."""
    return giver == CHILD if own_say else giver in (ADULT, BODY)


def facets_of(parts: Iterable[str]) -> int:
    """Return the mask of what is lent: who the child is, and the parts chosen. No sealed facet is among them."""
    return mask(ALWAYS, *(Facet[code.upper()] for code in parts if code in PARTS))


def parts_of(facets: int) -> list[str]:
    """Return the codes of the parts in a mask, in the order of the list."""
    return [row.code for row in PARTS if facets >> Facet[row.code.upper()] & 1]


def readable(facets: int, functions: Iterable[str]) -> int:
    """Return what a unit with these functions would read of a mask: nobody reads what its function does not."""
    reads = 0
    for function in functions:
        reads |= matrix.of_functions().get(function, (0, 0))[0]
    return facets & reads


def end_of(day: date, now: datetime) -> datetime:
    """Return the moment at which a last day is over, in the place's time; `now` gives the zone."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=now.tzinfo)


def soon(today: date) -> date:
    """Return the last day of which one says that it is near: a fortnight from today."""
    return today + timedelta(days=REMIND_DAYS)


def runs_out(until: date | None, today: date) -> bool:
    """Say whether a consent ends within a fortnight."""
    return until is not None and until <= soon(today)
