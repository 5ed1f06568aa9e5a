"""How people ask for somebody: spelt rightly, misspelt, in another script, the wrong way round, with half of the name.

A slip is, in this share: a letter left out 25 %, put in 20 %, a neighbour on the keyboard 25 %, a letter heard alike
15 %, two letters swapped 15 %. It falls on any letter of the words typed, so on long words more often, on their
endings too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from arasha.people.rules import father_key, key, surname_key
from benches.people.corpus import Person
from benches.people.naming import RUSSIAN

ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "әіңғүұқөһ")
ALIKE = ("оа", "еи", "ыи", "дт", "бп", "гк", "зс", "жш", "вф", "шщ", "эе", "мн", "уо", "рл")
PASSPORT = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я":
    "ya", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
}  # fmt: skip
DRAFT = PASSPORT | {
    "ж": "j", "й": "i", "х": "h", "ч": "ç", "ш": "ş", "щ": "şş", "ю": "iu", "я": "ia", "ә": "ä", "ғ": "ğ", "қ":
    "q", "ң": "ñ", "ө": "ö", "ұ": "ū", "ү": "ü", "і": "ı",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed: words with the roles that are said of them (s, g, f), and a range of birth years.

    `begins`: of the given name only the beginning is known.
    """

    words: tuple[str, ...]
    said: tuple[str | None, ...]
    years: tuple[int, int] | None = None
    begins: bool = False

    def arguments(self) -> tuple[object, ...]:
        """Return what the functions of the designs take before the scope: roles, readings of each word, years."""
        readings = [[read(word) for word in self.words] for read in (surname_key, key, father_key)]
        return (list(self.said), *readings, *(self.years or (None, None)))


def full(person: Person) -> Query:
    """Ask as the document has it."""
    roles = zip((person.surname, person.given, person.father), "sgf", strict=True)
    words = [(word, role) for word, role in roles if word]
    return Query(tuple(word for word, _ in words), tuple(role for _, role in words))


def with_year(person: Person) -> Query:
    """Ask as the document has it, with the birth year."""
    return replace(full(person), years=_year(person))


def without_father(person: Person) -> Query:
    """Ask by surname, given name and birth year."""
    return Query((person.surname, person.given), ("s", "g"), _year(person))


def given_only(person: Person) -> Query:
    """Ask by the given name and the birth year alone."""
    return Query((person.given,), ("g",), _year(person))


def initial(person: Person) -> Query:
    """Ask by the surname, the first letter of the given name and the birth year."""
    return Query((person.surname, person.given[0]), ("s", "g"), _year(person), begins=True)


def partial(person: Person) -> Query:
    """Ask by the surname, the beginning of the given name and the birth year."""
    beginning = person.given[: max(3, len(person.given) - 3)]
    return Query((person.surname, beginning), ("s", "g"), _year(person), begins=True)


def as_is(asked: Query, _random: Random) -> Query:
    """Ask so."""
    return asked


def one_slip(asked: Query, random: Random) -> Query:
    """Ask with one slip."""
    return slipped(asked, random, 1)


def two_slips(asked: Query, random: Random) -> Query:
    """Ask with two slips, in one word or in two."""
    return slipped(asked, random, 2)


def other_script(asked: Query, random: Random) -> Query:
    """Ask without the Kazakh letters, in a passport's Latin letters or in those of the draft of 2021."""
    write = random.choice((russian_letters, passport_letters, draft_letters))
    return replace(asked, words=tuple(write(word) for word in asked.words))


def swapped(asked: Query, _random: Random) -> Query:
    """Ask with surname and given name in each other's field."""
    return replace(asked, words=(asked.words[1], asked.words[0], *asked.words[2:]))


def year_off(asked: Query, random: Random) -> Query:
    """Ask with a birth year that is wrong by one."""
    year = (asked.years or (2015, 2015))[0] + random.choice((-1, 1))
    return replace(asked, years=(year, year))


def unnamed(asked: Query, random: Random) -> Query:
    """Ask by the words in any order, in one field, with one slip."""
    words = list(one_slip(asked, random).words)
    random.shuffle(words)
    return replace(asked, words=tuple(words), said=(None,) * len(words))


def backwards(asked: Query, _random: Random) -> Query:
    """Ask for a name that nobody bears: the letters of a person's words, backwards."""
    return replace(asked, words=tuple(word[::-1].lower() for word in asked.words))


# Kind of query: what is known of the person, and how it is typed.
KINDS: dict[str, tuple[Callable[[Person], Query], Callable[[Query, Random], Query]]] = {
    "exact": (full, as_is),
    "1 slip": (full, one_slip),
    "2 slips": (full, two_slips),
    "other script": (full, other_script),
    "swapped": (full, swapped),
    "exact, year": (with_year, as_is),
    "1 slip, year": (with_year, one_slip),
    "2 slips, year": (with_year, two_slips),
    "other script, year": (with_year, other_script),
    "swapped, year": (with_year, swapped),
    "no patronymic, slip, year": (without_father, one_slip),
    "given name, year": (given_only, as_is),
    "absent": (full, backwards),
    "any order, slip, year": (with_year, unnamed),
    "year off by one": (with_year, year_off),
    "initial, year": (initial, as_is),
    "partial, year": (partial, as_is),
}


def slipped(asked: Query, random: Random, slips: int) -> Query:
    """Return a query with so many slips."""
    words = list(asked.words)
    for _ in range(slips):
        place = random.choices(range(len(words)), [len(word) for word in words])[0]
        words[place] = slip(words[place], random)
    return replace(asked, words=tuple(words))


def slip(word: str, random: Random) -> str:
    """Return a word with one slip; never the word itself."""
    while True:
        place = random.randrange(len(word))
        rest, letter, after = word[:place], word[place], word[place + 1 :]
        near = _beside(letter.lower())
        kind = random.choices(("out", "in", "near", "alike", "swap"), (25, 20, 25, 15, 15))[0]
        if kind == "out":
            made = rest + after
        elif kind == "in":
            made = rest + letter + random.choice(near or "а") + after
        elif kind == "swap":
            made = rest + after[:1] + letter + after[1:]
        else:
            made = rest + random.choice((_alike(letter.lower()) if kind == "alike" else near) or near or "а") + after
        if made.lower() != word.lower() and made:
            return made


def russian_letters(word: str) -> str:
    """Return a word without the Kazakh letters."""
    return word.translate(RUSSIAN)


def passport_letters(word: str) -> str:
    """Return a word in a passport's Latin letters."""
    return _written(word, PASSPORT)


def draft_letters(word: str) -> str:
    """Return a word in the Latin letters of the draft of 2021."""
    return _written(word, DRAFT)


def _written(word: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, letter) for letter in word.lower()).capitalize()


def _beside(letter: str) -> Sequence[str]:
    """Return the letters beside one on the keyboard, in its row and in the rows above and below."""
    for number, row in enumerate(ROWS[:3]):
        place = row.find(letter)
        if place >= 0:
            around = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
            return around + "".join(
                other[place : place + 1] for other in ROWS[max(number - 1, 0) : number + 2] if other != row
            )
    return ROWS[3].replace(letter, "") if letter in ROWS[3] else ""


def _alike(letter: str) -> str:
    return "".join(pair.replace(letter, "") for pair in ALIKE if letter in pair)


def _year(person: Person) -> tuple[int, int]:
    year = person.birth[0].year if person.birth else 2015
    return year, year
