"""What somebody asks for, and the few sums that decide whether it may be given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from arasha.people.rules import Birth
from arasha.releases.rules.lists import APPLICANTS, BASES, BLACKED, CHECKS, PARTS, REFUSALS, WAITING, WAYS

LONGEST: Final = 4000
LONGEST_LINE: Final = 200
FULL_AGE: Final = 18
# From this age on a child agrees to it themself (row C22).
OWN_SAY: Final = 14
# Days after its day after which an unmatched request climbs, by rung: who was asked, who stands above. Practice.
RUNGS: Final = {1: 1, 2: 4}
# Fewer than this many are not counted apart in a table that leaves the house.
FEWEST: Final = 5
# What a number of a registry looks like: short, with a figure, and no run of letters that could be a name.
LONGEST_NUMBER: Final = 40
WORD: Final = re.compile(r"[^\W\d_]{3}")
DIGIT: Final = re.compile(r"\d")
ALWAYS_BLACKED: Final = tuple(row.code for row in BLACKED)


class Faulty(ValueError):
    """What was typed can't stand: pairs of a field and a code.

    Codes: `empty`, `long`, `choose`, `future`, `before_letter`, `bodies_only`, `given_too`, `both`.
    """

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults))
        self.faults = faults


@dataclass(frozen=True)
class Asked:
    """A request as it was taken down: codes of lists, and names and words that will be sealed.

    `letter_on`: the day of the letter; `wanted_on`: the day by which a state body's letter wants the answer.
    """

    applicant: str
    way: str
    checked: str
    basis: str = "none"
    asker: str = field(default="", repr=False)
    child: str = field(default="", repr=False)
    wants: str = field(default="", repr=False)
    incoming: str = field(default="", repr=False)
    letter_on: date | None = None
    wanted_on: date | None = None

    def check(self, today: date) -> None:
        """Raise Faulty where a name or the wish is empty, something is too long, a code is on no list, a day can't be.

        A day that the letter wants may be over by now: the letter came late, and is taken down all the same.
        """
        lists = (("applicant", APPLICANTS), ("way", WAYS), ("checked", CHECKS), ("basis", BASES))
        faults = [(name, "choose") for name, codes in lists if getattr(self, name) not in codes]
        faults += [(name, "empty") for name in ("asker", "child", "wants") if not getattr(self, name).strip()]
        faults += [(name, "long") for name in ("asker", "child", "incoming") if len(getattr(self, name)) > LONGEST_LINE]
        if len(self.wants) > LONGEST:
            faults.append(("wants", "long"))
        faults += self._days(today)
        if faults:
            raise Faulty(*faults)

    def _days(self, today: date) -> list[tuple[str, str]]:
        found = [("letter_on", "future")] if self.letter_on and self.letter_on > today else []
        if self.wanted_on is None:
            return found
        if self.applicant in APPLICANTS and not of_a_body(self.applicant):
            found.append(("wanted_on", "bodies_only"))
        if self.letter_on and self.wanted_on < self.letter_on:
            found.append(("wanted_on", "before_letter"))
        return found


@dataclass(frozen=True)
class Withheld:
    """What is not given where the rest is: codes of the parts, and the ground, a code of the refusals."""

    parts: tuple[str, ...] = ()
    ground: str = ""

    def faults(self, given: Sequence[str]) -> list[tuple[str, str]]:
        """Return what can't stand beside the parts that are given: nothing is both, and what is not has its ground."""
        found = [("withheld", "choose")] if set(self.parts) - {row.code for row in PARTS} else []
        found += [("withheld", "given_too")] if set(self.parts) & set(given) else []
        if bool(self.parts) != bool(self.ground) or (self.ground and self.ground not in grounds()):
            found.append(("ground", "choose"))
        return found


@dataclass(frozen=True)
class Own:
    """How a child gets their own copy: who goes through it with them, what waits for now, and why."""

    helper: str = field(default="", repr=False)
    waits: tuple[str, ...] = ()
    why: str = ""

    def faults(self, parts: Sequence[str]) -> list[tuple[str, str]]:
        """Return what can't stand beside the parts that are given: what waits is not given, and has its reason."""
        found = [("helper", "long")] if len(self.helper) > LONGEST_LINE else []
        if set(self.waits) - {row.code for row in PARTS} or set(self.waits) & set(parts):
            found.append(("waits", "choose"))
        if bool(self.waits) != bool(self.why) or (self.why and self.why not in WAITING):
            found.append(("why", "choose"))
        return found


def of_a_body(applicant: str) -> bool:
    """Say whether a state body asks."""
    return APPLICANTS[applicant].more["group"] == "body"


def answer_by(applicant: str, asked_on: date, wanted_on: date | None = None) -> date:
    """Return the last day of an answer: as the letter wants it, never after the limit of the list nor before it came.

    The limit is in calendar days from the day on which it was taken down (`applicants.csv`, unverified).
    """
    limit = asked_on + timedelta(days=int(APPLICANTS[applicant].more["days"]))
    return limit if wanted_on is None else max(asked_on, min(wanted_on, limit))


def grounds() -> tuple[str, ...]:
    """Return the codes of the refusals for which a part may be kept back while the rest is given."""
    return tuple(row.code for row in REFUSALS if row.more["part"] == "yes")


def number_alone(incoming: str) -> str:
    """Return an incoming number for a table that leaves the house; nothing where it might hold a name or words."""
    said = incoming.strip()
    return said if len(said) <= LONGEST_NUMBER and not WORD.search(said) and DIGIT.search(said) else ""


def childs_copy(applicant: str) -> bool:
    """Say whether a child asks for what the file holds about themself; a grown-up's own copy is not a child's."""
    return own_copy(applicant) and applicant != "grown"


def needs_helper(applicant: str, birth: Birth | None, on: date) -> bool:
    """Say whether somebody named goes through the copy with the child: under 14, or who may be, or asked as such."""
    if not childs_copy(applicant):
        return False
    return applicant == "child_helped" or birth is None or birth.ages_on(on)[0] < OWN_SAY


def own_copy(applicant: str) -> bool:
    """Say whether somebody asks for what the file holds about themself."""
    return APPLICANTS[applicant].more["ask"] == "own"


def for_a_child(applicant: str) -> bool:
    """Say whether an adult asks in a child's stead: that ends on the child's 18th birthday."""
    return APPLICANTS[applicant].more["ask"] == "parent"


def is_of_age(birth: Birth | None, on: date) -> bool:
    """Say whether a child is 18 for sure on a day. Whose birth is not known counts as a child."""
    return birth is not None and birth.ages_on(on)[0] >= FULL_AGE


def consent_stands(applicant: str, consent: str, birth: Birth | None, on: date) -> bool:
    """Say whether the child's own say is there where it is needed: from 14 to 17, when an adult of theirs asks.

    Whose age is not known is asked as well.
    """
    if APPLICANTS[applicant].more["ask"] not in ("parent", "other"):
        return True
    may_be = birth is None or birth.ages_on(on)[1] >= OWN_SAY
    return consent == "yes" if may_be else consent != "no"


def hidden(count: int) -> str:
    """Return a count as tables show it: from one to four as `<5`, so that nobody is found through it."""
    return f"<{FEWEST}" if 0 < count < FEWEST else str(count)
