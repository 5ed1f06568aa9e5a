"""The names of the corpus with how often each is borne: made up, Kazakhstan-like, measured nowhere.

Common names come from `data/names.toml`. Rarer ones are composed of two or three parts, or are a composed name with
one letter written otherwise, as clerks write it. Both fall off like Zipf's law with a flattened head: the commonest
surname is borne by about one person in a hundred, half of all surnames by a handful.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, product
from pathlib import Path
from random import Random
from typing import Any

from arasha.people.rules import father_key, key, surname_key

DATA = tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text(encoding="utf-8"))
# How much of a group's people bear a listed name; the others bear composed ones.
LISTED = 0.66
VOWELS = "аәеиоөуұүыіэюя"
RUSSIAN = str.maketrans("әіңғүұқөһӘІҢҒҮҰҚӨҺ", "аингуукохАИНГУУКОХ")
# Endings of what is written in Kazakh: the stem alone, -ов, -ұлы; with their shares.
# Letters that clerks write for each other.
OTHERWISE = ("аеәиоөуұүыі", "бпвф", "дтзсжшц", "гғкқх", "мнңрл")
SURNAME_STYLES = (("ov", 0.72), ("bare", 0.20), ("uli", 0.08))


@dataclass(frozen=True, slots=True)
class Name:
    """One name in a man's form and a woman's, and its matching key."""

    his: str
    her: str
    key: str


@dataclass(frozen=True)
class Names:
    """Names with cumulated weights, as `random.choices` takes them."""

    names: list[Name]
    weights: list[float]

    def pick(self, random: Random, count: int) -> list[Name]:
        """Return names as often as they are borne."""
        return random.choices(self.names, cum_weights=self.weights, k=count)


@dataclass(frozen=True)
class Group:
    """The names of one group of people; a father's names are the men's with both styles of patronymic."""

    name: str
    surnames: Names
    male: Names
    female: Names
    kazakh_patronymics: Names
    russian_patronymics: Names


def _falling(count: int, head: float, power: float, mass: float) -> Iterator[float]:
    weights = [1 / (rank + head) ** power for rank in range(count)]
    total = sum(weights)
    return (mass * weight / total for weight in weights)


def _weighed(listed: list[Name], composed: list[Name], head: int) -> Names:
    names: list[Name] = []
    keys: set[str] = set()
    for name in (*listed, *composed):
        if name.key not in keys or len(names) < len(listed):
            keys.add(name.key)
            names.append(name)
    rest = len(names) - len(listed)
    mass = LISTED if rest else 1.0
    weights = [*_falling(len(listed), head, 0.9, mass), *_falling(rest, 60, 0.75, 1 - mass)]
    return Names(names, list(accumulate(weights)))


def with_ov(stem: str) -> str:
    """Return a stem as a Russian-style surname of a man: Ахметов, Мұсаев, Абаев."""
    if stem.endswith(("ов", "ев", "ин")):
        return stem
    if stem.endswith(("й", "ь")):
        return f"{stem[:-1]}ев"
    return f"{stem}ев" if stem[-1] in VOWELS else f"{stem}ов"


def her_surname(his: str) -> str:
    """Return the woman's form of a surname; one without such a form stays."""
    if his.endswith(("ий", "ый")):
        return f"{his[:-2]}ая"
    if his.endswith("ұлы"):
        return f"{his[:-3]}қызы"
    return f"{his}а" if his.endswith(("ов", "ев", "ёв", "ин")) else his


def his_patronymic(father: str) -> tuple[str, str]:
    """Return a patronymic in Russian style: a man's and a woman's."""
    if father.endswith(("й", "ь")):
        return f"{father[:-1]}евич", f"{father[:-1]}евна"
    if father[-1] in VOWELS:
        return f"{father[:-1]}ич", f"{father[:-1]}ична"
    return f"{father}ович", f"{father}овна"


def _surname(his: str) -> Name:
    return Name(his, her_surname(his), surname_key(his))


def _given(name: str) -> Name:
    return Name(name, name, key(name))


def _father(name: str, style: str) -> Name:
    his, her = (f"{name}ұлы", f"{name}қызы") if style == "kk" else his_patronymic(name)
    return Name(his, her, father_key(his))


def _sample(random: Random, words: Iterable[str], count: int) -> list[str]:
    """Return so many different words in an order that chance decides."""
    found = sorted({word[0].upper() + word[1:].lower() for word in words})
    random.shuffle(found)
    return found[:count]


class Naming:
    """All groups' names, made from one seed."""

    def __init__(self, seed: str) -> None:
        self.random = Random(f"{seed} names")  # noqa: S311 - a corpus, no secret

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The groups by name."""
        return {name: self._group(name) for name in ("kazakh", "russian", "other")}

    def _group(self, name: str) -> Group:
        data: dict[str, Any] = DATA[name]
        parts = data.get("parts", {})
        male, female = (self._composed_given(name, parts, sex) for sex in ("male", "female"))
        listed_male = data["male"].split()
        surnames = self._surnames(name, data["surnames"].split(), parts, male)
        fathers = {
            style: _weighed([_father(one, style) for one in listed_male], [_father(one, style) for one in male], 8)
            for style in ("kk", "ru")
        }
        return Group(
            name,
            surnames,
            _weighed([_given(one) for one in listed_male], [_given(one) for one in male], 8),
            _weighed([_given(one) for one in data["female"].split()], [_given(one) for one in female], 8),
            fathers["kk"],
            fathers["ru"],
        )

    def _composed_given(self, group: str, parts: dict[str, str], sex: str) -> list[str]:
        if group != "kazakh":
            return []
        two = _sample(self.random, self._joined(parts, "first", sex), 3_000)
        three = _sample(self.random, self._joined(parts, "first", "middle", sex), 5_000)
        return [*two, *self._rare(two, three, 8_000)]

    def _surnames(self, group: str, listed: list[str], parts: dict[str, str], male: list[str]) -> Names:
        if group == "kazakh":
            common = [self._styled(stem) for stem in listed]
            two = _sample(self.random, self._joined(parts, "first", "male"), 3_000)
            three = _sample(self.random, self._joined(parts, "first", "middle", "male"), 45_000)
            stems = [*two, *male[:6_000], *self._rare([*listed, *two], three, 45_000)]
            composed = [styled for stem in stems for styled in (with_ov(stem), self._styled(stem))]
        elif group == "russian":
            common = listed
            composed = _sample(self.random, self._joined(parts, "first", "second", "endings"), 20_000)
        else:
            common = listed
            kazakh = DATA["kazakh"]["parts"]
            stems = _sample(self.random, self._joined(kazakh, "first", "middle"), 2_000)
            composed = [with_ov(stem).translate(RUSSIAN) for stem in stems]
        return _weighed([_surname(one) for one in common], [_surname(one) for one in composed], 20)

    @staticmethod
    def _joined(parts: dict[str, str], *places: str) -> Iterator[str]:
        chosen = product(*(parts[place].split() for place in places))
        return ("".join(words) for words in chosen if len(set(words)) == len(words))

    def _rare(self, stems: list[str], longer: list[str], count: int) -> list[str]:
        """Return longer names mixed with so many that are a stem with one letter written otherwise."""
        made = [self._otherwise(self.random.choice(stems)) for _ in range(count)]
        return _sample(self.random, [*made, *longer], count + len(longer))

    def _otherwise(self, stem: str) -> str:
        place = self.random.randrange(1, len(stem))
        others = next((row for row in OTHERWISE if stem[place] in row), "")
        return stem[:place] + self.random.choice(others.replace(stem[place], "") or "а") + stem[place + 1 :]

    def _styled(self, stem: str) -> str:
        """Return a stem as its bearers write it: -ов, nothing, or -ұлы, as chance decides."""
        style = self.random.choices([name for name, _ in SURNAME_STYLES], [share for _, share in SURNAME_STYLES])[0]
        return {"ov": with_ov(stem), "bare": stem, "uli": f"{stem}ұлы"}[style]
