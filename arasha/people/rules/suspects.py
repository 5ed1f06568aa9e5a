"""Who is said to have harmed a child: the codes, what each status asks for, by what they are compared, what they are
called. Pure: no database, no clock.

Nobody is called a perpetrator here. Until a court or a prosecutor decides, something is alleged; and who was under 18,
or may have been, is a child who has harmed and needs help too.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.people.rules.birth import Birth
from arasha.people.rules.codes import CodeDoesNotFit
from arasha.people.rules.names import father_key, is_patronymic, key, surname_key
from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
SUSPECT_ROLES = CodeList(DATA / "roles_of_suspects.csv")
SUSPECT_AGES = CodeList(DATA / "suspect_ages.csv")
ALLEGATION_STATES = CodeList(DATA / "allegation_states.csv")
ALLEGATION_SOURCES = CodeList(DATA / "allegation_sources.csv")
LINK_AGREEMENTS = CodeList(DATA / "link_agreements.csv")
# So many words of a name or a place are compared; nobody is called by more.
MOST_WORDS: Final = 12
ANSWERS_FROM: Final = 14  # years; the codes of SUSPECT_AGES are cut there ; field practice, not yet checked by a lawyer
NUMBER_OR_WORD = re.compile(r"\d+|[^\W\d_]+(?:[’'`]+[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class SaidSuspect:
    """What somebody says of whom they mean: a person of the file, or what is known of somebody without a full name.

    `place` is a unit where they work or where it happened, `place_called` the same in words; `looks` will be sealed.
    """

    role: str
    person: UUID | None = None
    called: str = ""
    nickname: str = ""
    age: str = "unknown"
    place: int | None = None
    place_called: str = ""
    territory: str = ""
    looks: str = ""
    since: date | None = None

    @property
    def says_anything(self) -> bool:
        """Whether there is anything beside the role by which one could be told from another."""
        words = (self.called, self.nickname, self.place_called, self.looks)
        return self.person is not None or self.place is not None or any(word.strip() for word in words)


class ReasonMissing(ValueError):
    """Nobody may be cleared without saying who decided it and why."""


def check_state(status: str, source: str, *, decided_by: str = "", why: str = "") -> None:
    """Refuse a status that its source doesn't bear out.

    Raises UnknownCode; CodeDoesNotFit when something is to be established that neither a court nor a prosecutor
    decided; ReasonMissing when it is to be unfounded without who decided and why.
    """
    ALLEGATION_STATES[status]
    if status == "established" and ALLEGATION_SOURCES[source].more["establishes"] != "yes":
        raise CodeDoesNotFit(source)
    ALLEGATION_SOURCES[source]
    if status == "unfounded" and not (decided_by.strip() and why.strip()):
        raise ReasonMissing


def is_child(birth: Birth | None, age: str, on: date) -> bool:
    """Say whether somebody counts as a child on a day: by their birth, else by the age that was said of them.

    Whose age is not known is treated as a child (`Birth.may_be_child_on`). `age` is a code of SUSPECT_AGES.
    """
    return birth.may_be_child_on(on) if birth is not None else age != "adult"


def age_group(birth: Birth | None, age: str, on: date) -> str:
    """Return the code of SUSPECT_AGES of somebody on a day: by their birth, else as it was said of them.

    Where a birth leaves it open, the younger group: whoever may be under 14 is treated so.
    """
    if birth is None:
        return age
    youngest = birth.ages_on(on)[0]
    return "under_14" if youngest < ANSWERS_FROM else "from_14" if birth.may_be_child_on(on) else "adult"


def termed(*, child: bool, status: str) -> str | Promise:
    """Return what every page calls somebody. Of whom it was untrue nothing of the kind is said any more."""
    if status == "unfounded":
        return _("a child; the allegation was unfounded") if child else _("the allegation was unfounded")
    if child:
        return _("a child who has harmed")
    return _("an adult who has harmed") if status == "established" else _("an adult alleged to have harmed")


@cache
def _telling_nothing(kind: str) -> frozenset[str]:
    """Return the keys of words that stand with many names or places: uncle, coach, village, school."""
    with (DATA / "words_of_no_one.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(key(row["word"]) for row in csv.DictReader(file) if row["kind"] == kind)


def keys_of_name(text: str) -> str:
    """Return the words by which a free name is compared, as the database reads them: `serik nurgalieva/nurgaliev`.

    A word stands with all its keys: as it is, as a surname that a man and a woman share, as the name of a father.
    """
    found = []
    for word in _words(text, "name"):
        keys = dict.fromkeys([key(word), surname_key(word), father_key(word) if is_patronymic(word) else ""])
        found.append("/".join(one for one in keys if one))
    return " ".join(found)


def keys_of_place(*texts: str) -> str:
    """Return the words and numbers by which a place is compared, each once: school No. 14 is not school No. 15."""
    words = [word if word.isdigit() else key(word) for text in texts for word in _words(text, "place")]
    return " ".join(dict.fromkeys(words))


def _words(text: str, kind: str) -> list[str]:
    empty = _telling_nothing(kind)
    words = [word for word in NUMBER_OR_WORD.findall(text) if kind == "place" or not word.isdigit()]
    return [word for word in words if word.isdigit() or (key(word) and key(word) not in empty)][:MOST_WORDS]


def clusters(links: Iterable[tuple[UUID, UUID]]) -> list[frozenset[UUID]]:
    """Return groups of allegations in which each agrees with each; every link stands in at least one of them.

    Nobody comes into a group through somebody else's likeness: such chains would join a whole district in the end.
    """
    beside: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = sorted({(min(link), max(link)) for link in links})
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found, covered = [], set[tuple[UUID, UUID]]()
    for pair in pairs:
        if pair in covered:
            continue
        group = set(pair)
        for another in sorted(beside[pair[0]] & beside[pair[1]]):
            if group <= beside[another]:
                group.add(another)
        covered.update((one, other) for one in group for other in group if one < other)
        found.append(frozenset(group))
    return found
