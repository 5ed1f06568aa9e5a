"""What people say of a visit and of a removal, checked before anything is written. Raises Faulty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from arasha.care.rules.lists import ANSWERS, DOORS, ENDINGS, HOMES, PARTS, PEOPLE, REMOTE, SEEN, URGENCIES

LONGEST: Final = 4_000
LONGEST_WORD: Final = 100
# Nobody records today a removal of more than a month ago as one that is going on.
FAR: Final = timedelta(days=31)


class Faulty(ValueError):
    """Something is missing or can't be: `faults` are pairs of field and code."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = list(faults)
        super().__init__(str(self.faults))


@dataclass(frozen=True, kw_only=True)
class VisitAsked:
    """How soon somebody must go, why, and what whoever goes must know: dangers, a meeting place, who must not learn."""

    urgency: str
    words: str = field(repr=False)

    def check(self) -> None:
        """Raise Faulty for what can't be."""
        if self.urgency not in URGENCIES:
            raise Faulty(("urgency", "choose"))
        if not self.words.strip():
            raise Faulty(("words", "empty"))
        if len(self.words) > LONGEST:
            raise Faulty(("words", "long"))


@dataclass(frozen=True, kw_only=True)
class VisitSaid:
    """What happened at the door and behind it: `facts` apart from `opinion`.

    Of a contact at a distance: whether the child was `alone`, and whether the safe `word` was right, "yes" or "no".
    """

    at: datetime
    door: str
    seen: str
    home: str
    facts: str = field(default="", repr=False)
    opinion: str = field(default="", repr=False)
    alone: str = ""
    word: str = ""

    @property
    def is_free(self) -> bool:
        """Say whether a child at a distance was alone and said the word, so that the contact counts."""
        return (self.alone, self.word) == ("yes", "yes")

    def check(self, now: datetime) -> None:
        """Raise Faulty for what can't be."""
        lists = (("door", DOORS), ("seen", SEEN), ("home", HOMES))
        faults = [(name, "choose") for name, codes in lists if getattr(self, name) not in codes]
        if not now - FAR <= self.at <= now:
            faults.append(("at", "future"))
        if not self.facts.strip():
            faults.append(("facts", "empty"))
        faults += [(name, "long") for name in ("facts", "opinion") if len(getattr(self, name)) > LONGEST]
        if self.door != "let_in" and self.home != "not_looked":
            faults.append(("home", "outside"))
        if self.door == REMOTE:
            faults += [(name, "choose") for name in ("alone", "word") if getattr(self, name) not in ("yes", "no")]
        if faults:
            raise Faulty(*faults)


def check_word(word: str) -> None:
    """Raise Faulty for a safe word that can't be one."""
    if not word.strip() or "\x00" in word:
        raise Faulty(("word", "empty"))
    if len(word) > LONGEST_WORD:
        raise Faulty(("word", "long"))


@dataclass(frozen=True)
class PartSaid:
    """One thing that is known of a removal: a code of the part's answers, and words."""

    answer: str
    words: str = field(default="", repr=False)


def check_parts(parts: Mapping[str, PartSaid]) -> None:
    """Raise Faulty where an answer is not one of its part, or its words are missing or too long."""
    faults = []
    for kind, said in parts.items():
        if kind not in PARTS or said.answer not in ANSWERS or ANSWERS[said.answer].more["part"] != kind:
            faults.append((kind, "choose"))
        elif ANSWERS[said.answer].more["words"] and not said.words.strip():
            faults.append((f"{kind}_words", "empty"))
        elif len(said.words) > LONGEST:
            faults.append((f"{kind}_words", "long"))
    if faults:
        raise Faulty(*faults)


def check_people(said: Mapping[str, tuple[str, PartSaid]]) -> None:
    """Raise Faulty where an answer is not one for kin or for siblings; by person's id: `kin` or `sibling`, and what."""
    faults = []
    for person, (kind, one) in said.items():
        if one.answer not in PEOPLE or PEOPLE[one.answer].more["of"] != kind:
            faults.append((person, "choose"))
        elif PEOPLE[one.answer].more["words"] and not one.words.strip():
            faults.append((f"{person}_words", "empty"))
        elif len(one.words) > LONGEST:
            faults.append((f"{person}_words", "long"))
    if faults:
        raise Faulty(*faults)


def part_of_kin(answers: Sequence[str], offered: int) -> str:
    """Return what the answers of kin say of the part `kin` as a whole; empty while somebody is still to be asked."""
    if "kin_takes_child" in answers:
        return "kin_takes"
    asked = [one for one in answers if one not in {"kin_not_asked", "kin_not_reached"}]
    return "kin_cannot" if asked and len(asked) >= offered else ""


def part_of_siblings(answers: Sequence[str], offered: int) -> str:
    """Return what is said of each sibling as the part `siblings`; empty while somebody is missing."""
    if len(answers) < offered or not answers:
        return ""
    if set(answers) == {"sibling_together"}:
        return "together"
    return "left_home" if set(answers) == {"sibling_home"} else "apart"


def check_moment(at: datetime, now: datetime) -> None:
    """Raise Faulty for a moment to come, or too long ago to be recorded as going on."""
    if not now - FAR <= at <= now:
        raise Faulty(("at", "future"))


def check_ending(how: str, words: str) -> None:
    """Raise Faulty where it is not said how a removal ended and who decided."""
    if how not in ENDINGS:
        raise Faulty(("how", "choose"))
    if not words.strip():
        raise Faulty(("words", "empty"))
    if len(words) > LONGEST:
        raise Faulty(("words", "long"))


def missing(known: Mapping[str, object]) -> list[str]:
    """Return the parts of a removal of which nothing is known yet, in their order."""
    return [row.code for row in PARTS if row.code not in known]


def step_of(part: str) -> str:
    """Return the step of the procedure by which a missing part is owed."""
    return f"say_{part}"
