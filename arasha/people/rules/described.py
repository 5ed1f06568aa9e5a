"""What is said of a person when somebody writes them down: a name, a birth, a sex, or none of these."""

from dataclasses import dataclass, field
from datetime import date

from arasha.people.rules.birth import Birth, BirthInvalid, age_on, born, born_about
from arasha.people.rules.iin import Said
from arasha.people.rules.names import father_key, is_patronymic, key, surname_key

LONGEST = 100
# Endings, in the letters of the key, that given names don't have (Амина and Мадина do end in -ina).
FAMILY_ENDINGS = ("ov", "ova", "ev", "eva", "ski", "skaia")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts, any of which may be missing."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""

    def tidy(self) -> "Name":
        """Return the name without white space around and within its parts that doubles."""
        return Name(*(" ".join(part.split())[:LONGEST] for part in (self.surname, self.given, self.patronymic)))

    @property
    def written(self) -> str:
        """The parts in the order of documents."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def keys(self) -> tuple[str, str, str]:
        """The keys of surname, given name and father's name, by which the name is found."""
        father = father_key(self.patronymic) if is_patronymic(self.patronymic) else key(self.patronymic)
        return surname_key(self.surname), key(self.given), father


@dataclass(frozen=True, slots=True)
class SaidBirth:
    """A birth and how exactly it is known (`day`, `month`, `year`, `about`, `unknown`)."""

    how: str = "unknown"
    birth: Birth | None = None

    @property
    def first(self) -> date | None:
        """The first day on which they may have been born."""
        return self.birth.first if self.birth else None

    @property
    def last(self) -> date | None:
        """The last day on which they may have been born."""
        return self.birth.last if self.birth else None


@dataclass(frozen=True, slots=True)
class Described:
    """A person as somebody describes them; all of it may be missing: no child is refused."""

    name: Name = field(default_factory=Name)
    kind: str = "document"
    sex: str = "unknown"
    birth: SaidBirth = field(default_factory=SaidBirth)

    @property
    def called(self) -> str:
        """How lists name them."""
        return self.name.written


def birth_said(
    *, year: int | None = None, month: int | None = None, day: int | None = None, age: int | None = None, on: date
) -> SaidBirth:
    """Return a birth from the figures that somebody knows; an age counts where no year is given.

    Raises BirthInvalid for a day that does not exist, or one after `on`.
    """
    if year is not None:
        birth = born(year, month, day)
        if birth.first > on:
            raise BirthInvalid
        return SaidBirth("day" if day is not None else "month" if month is not None else "year", birth)
    if month is not None or day is not None:
        raise BirthInvalid
    return SaidBirth("about", born_about(age, on)) if age is not None else SaidBirth()


def age_of(said: SaidBirth, on: date) -> int | None:
    """Return an age in whole years, the middle of what is possible; None where nothing is known."""
    if said.birth is None:
        return None
    middle = said.birth.first + (said.birth.last - said.birth.first) / 2
    return max(age_on(middle, on), 0)


def disagreements(said: Said, birth: SaidBirth, sex: str) -> list[str]:
    """Return in what an identification number speaks against birth and sex: `birth`, `sex`. It decides nothing."""
    against = []
    if birth.birth is not None and not birth.birth.first <= said.born <= birth.birth.last:
        against.append("birth")
    if sex not in {"unknown", said.sex}:
        against.append("sex")
    return against


def parted(text: str) -> Name:
    """Return a free name in its likeliest parts; a patronymic is known by its ending, the rest stays in its order.

    Айгүл Нұрғалиева is turned round by the ending of the surname; else words are taken as documents have them.
    """
    words = text.replace(",", " ").split()
    fathers = [word for word in words if is_patronymic(word)]
    rest = [word for word in words if word not in fathers[-1:]]
    patronymic = fathers[-1] if fathers else ""
    if len(rest) < 2:
        return Name(given=" ".join(rest), patronymic=patronymic).tidy()
    if key(rest[1]).endswith(FAMILY_ENDINGS) and not key(rest[0]).endswith(FAMILY_ENDINGS):
        return Name(rest[1], " ".join([rest[0], *rest[2:]]), patronymic).tidy()
    return Name(rest[0], " ".join(rest[1:]), patronymic).tidy()
