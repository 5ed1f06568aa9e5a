"""How a row of a register is known again, and what it changes: pure, for the loading of registers.

A row that is loaded once more changes nothing. What a row does not say ends nothing: a file without a column of
telephones takes away no telephone. Where a key may be two children's (a name and a birth), a changed row is taken as
changed only when there is one child it can be; else it is new, and somebody looks at the two.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from arasha.people.rules.described import Name
from arasha.people.rules.imports import Mapping as ColumnsMapping
from arasha.people.rules.imports import RowFault, Said, row_key
from arasha.people.rules.imports.headings import Field
from arasha.people.rules.imports.values import phone_of

# Facts that a row makes, each with what it is made of; before them, what stands on the person.
FACTS: Final = ("name", "iin", "document", "citizenship", "contact", "address", "school", "clinic")
PARTS: Final = ("sex", "birth", *FACTS)
PART_BYTES: Final = 8
NOTHING: Final = bytes(PART_BYTES)
SURE: Final = ("own:", "iin:")
MOST: Final = {"called": 200, "group": 40}
# How long the words of a field may be; what is longer goes back instead of being cut.
LONGEST: Final = {
    Field.SURNAME: 100,
    Field.GIVEN: 100,
    Field.PATRONYMIC: 100,
    Field.DOCUMENT_NUMBER: 1_000,
    Field.CITIZENSHIP: 1_000,
    Field.PHONE: 1_000,
    Field.ADDRESS: 1_500,
    Field.SCHOOL: 200,
    Field.CLINIC: 200,
    Field.CLASS: 40,
}
NAMED: Final = {Field.CLASS: "class_name"}


class Outcome(StrEnum):
    """What a row is to the register."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Told:
    """A row as it is loaded: keyed hashes of its key, of its names and birth, and of each part (zeros: unsaid)."""

    number: int
    said: Said
    key: bytes
    also: bytes
    sure: bool
    parts: tuple[bytes, ...]


@dataclass(slots=True)
class Standing:
    """A row that the register has; `id` is None while it is not written down yet. `seen`: by this very load."""

    id: int | None
    key: bytes
    also: bytes
    sure: bool
    parts: tuple[bytes, ...]
    facts: tuple[UUID | None, ...] = ()
    person: UUID | None = None
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """A row, what it is, and the row of the register that it is or changes."""

    told: Told
    outcome: Outcome
    standing: Standing | None = None

    @property
    def differing(self) -> frozenset[str]:
        """The parts that are said and are not what the register has."""
        if self.standing is None:
            return frozenset(name for name, part in zip(PARTS, self.told.parts, strict=True) if part != NOTHING)
        pairs = zip(PARTS, self.told.parts, self.standing.parts, strict=True)
        return frozenset(name for name, new, old in pairs if new not in (NOTHING, old))


@dataclass
class Register:
    """The rows of a register that may be those of a chunk, by both of their keys."""

    by_key: dict[bytes, list[Standing]] = field(default_factory=dict)
    by_name: dict[bytes, list[Standing]] = field(default_factory=dict)

    def learn(self, row: Standing) -> None:
        """Take a row of the database, unless it is known from an earlier chunk."""
        if all(row.id != known.id for known in self.by_key.get(row.key, ())):
            self.add(row)

    def add(self, row: Standing) -> None:
        """Let a row be found."""
        self.by_key.setdefault(row.key, []).append(row)
        if row.also:
            self.by_name.setdefault(row.also, []).append(row)

    def decide(self, told: Told) -> Decided:
        """Say what a row is, and remember that it was seen."""
        found = self._sure(told) if told.sure else self._named(told)
        if found.outcome is Outcome.NEW:
            self.add(Standing(None, told.key, told.also, told.sure, told.parts, seen=True))
        elif found.standing is not None:
            found.standing.seen = True
        return found

    def _sure(self, told: Told) -> Decided:
        for row in self.by_key.get(told.key, ())[:1]:
            changed = Outcome.TWICE if row.seen else Outcome.CHANGED
            return Decided(told, changed if changes(told, row) else Outcome.SAME, row)
        loose = [row for row in self.by_name.get(told.also, ()) if not row.sure and not row.seen]
        return Decided(told, Outcome.CHANGED, loose[0]) if len(loose) == 1 else Decided(told, Outcome.NEW)

    def _named(self, told: Told) -> Decided:
        loose = sorted(self.by_name.get(told.also, self.by_key.get(told.key, ())), key=lambda row: row.sure)
        for row in loose:
            if not changes(told, row) and not (row.sure and row.seen):
                return Decided(told, Outcome.SAME, row)
        if len(loose) == 1 and not loose[0].seen:
            return Decided(told, Outcome.CHANGED, loose[0])
        return Decided(told, Outcome.NEW)


def too_long(said: Said, mapping: ColumnsMapping) -> list[RowFault]:
    """Return the fields whose words are longer than anybody's are."""
    long = [named for named, most in LONGEST.items() if len(getattr(said, NAMED.get(named, named.value))) > most]
    places = [mapping.places.get(named, mapping.places.get(Field.FULL_NAME, -1)) + 1 for named in long]
    return [RowFault.of(said.row_number, place, "cell_too_long") for place in places]


def changes(told: Told, row: Standing) -> bool:
    """Say whether a row says anything else than the register has of it."""
    return any(new not in (NOTHING, old) for new, old in zip(told.parts, row.parts, strict=True))


def told(said: Said, secret: bytes) -> Told:
    """Return a row with its hashes under the register's own secret."""
    key = row_key(said)
    sure = key.startswith(SURE)
    named = row_key(replace(said, source_key="", iin="")) if sure else key
    has_name = bool(said.surname or said.given)
    also = _hashed(secret, named) if has_name else b""
    parts = contents(said)
    hashes = tuple(
        _hashed(secret, part, *parts[part], size=PART_BYTES) if any(parts[part]) else NOTHING for part in PARTS
    )
    return Told(said.row_number, said, _hashed(secret, key) if sure or not also else also, also, sure, hashes)


def contents(said: Said) -> Mapping[str, tuple[str, ...]]:
    """Return what each part is made of; all of a part's words are empty where the row doesn't say it."""
    birth = ""
    if said.birth is not None:
        guessed = said.birth_from == Field.AGE.value
        birth = f"about {said.age}" if guessed else f"{said.birth.first}/{said.birth.last}"
    return {
        "sex": (said.sex,),
        "birth": (birth,),
        "name": (said.surname, said.given, said.patronymic),
        "iin": (said.iin, said.iin_said),
        "document": (said.document_number,),
        "citizenship": (said.citizenship,),
        "contact": (said.phone,),
        "address": (said.address, said.kato, said.territory),
        "school": (said.school, said.class_name),
        "clinic": (said.clinic,),
    }


def name_of(said: Said) -> Name:
    """Return the name of a row, as long as a name may be."""
    return Name(said.surname, said.given, said.patronymic).tidy()


def birth_how(said: Said) -> str:
    """Return how exactly a row says a birth."""
    if said.birth is None:
        return "unknown"
    if said.birth_from == Field.AGE.value:
        return "about"
    if said.birth.exact:
        return "day"
    return "month" if (said.birth.first.year, said.birth.first.month) == _month(said.birth.last) else "year"


def role_of(said: Said, today: date) -> str:
    """Return who somebody is in a register: a child, unless they can't be one."""
    return "child" if said.birth is None or said.birth.may_be_child_on(today) else "other"


def phone_found(said: Said) -> str:
    """Return the telephone number by which somebody is found, "" where what is said is none."""
    return phone_of(said.phone)


def merged(decided: Decided) -> tuple[bytes, ...]:
    """Return the parts of a row after it is loaded: what is said, else what the register has."""
    if decided.standing is None:
        return decided.told.parts
    pairs = zip(decided.told.parts, decided.standing.parts, strict=True)
    return tuple(old if new == NOTHING else new for new, old in pairs)


def packed(parts: Iterable[bytes]) -> bytes:
    """Return parts as they are kept."""
    return b"".join(parts)


def unpacked(kept: bytes) -> tuple[bytes, ...]:
    """Return kept parts one by one."""
    return tuple(kept[start : start + PART_BYTES] for start in range(0, len(kept), PART_BYTES))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _hashed(secret: bytes, *words: str, size: int = 16) -> bytes:
    return hashlib.blake2b("\x1f".join(words).encode("utf-8", "surrogatepass"), key=secret, digest_size=size).digest()
