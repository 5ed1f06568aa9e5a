"""Seven million synthetic persons with Kazakhstan-like names: the same ones for the same seed.

Nothing here is measured: how often a name is borne, how groups, styles and ages are shared out are assumptions, made
so that there are many namesakes and a long tail of rare names. 70 % have Kazakh names, 18 % Russian, 12 % others;
documents are in Kazakh or in Russian spelling; 32 % have no patronymic; 2 % are born "on 1 January", which stands for
a year alone; 0.5 % have no birth date; 97 % have an identification number whose check figure is right. Each seventh
person stands in a file of their own with three units on its team, all others in a register of their region with two.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from arasha.people.rules import check_figure
from benches.people.naming import RUSSIAN, Group, Name, Naming
from benches.place import ROOT

SEED = "arasha 2025"
BLOCK = 50_000
TODAY = date(2025, 11, 1)
OWN_FILE = 7  # each seventh person
TERRITORY = ROOT / "arasha" / "kernel" / "territory" / "data"
GROUPS = (("kazakh", 0.70), ("russian", 0.18), ("other", 0.12))


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a document has them; `units` are those on the team of their dossier."""

    id: str
    dossier: str
    surname: str
    given: str
    father: str
    keys: tuple[str, str, str]
    birth: tuple[date, date] | None
    sex: str
    iin: str
    district: str
    own_file: bool
    units: tuple[int, ...]


def _uuid(random: Random) -> str:
    figures = f"{random.getrandbits(128):032x}"
    return f"{figures[:8]}-{figures[8:12]}-4{figures[13:16]}-a{figures[17:20]}-{figures[20:]}"


def register(region: str) -> str:
    """Return the dossier of a region's register."""
    return f"00000000-0000-4000-a000-0000000000{region}"


def register_units(region: str) -> tuple[int, ...]:
    """Return the units on the team of a region's register."""
    return (900_000 + int(region) * 10, 900_000 + int(region) * 10 + 1)


class Corpus:
    """So many persons, made block by block; any block can be made alone."""

    def __init__(self, persons: int, seed: str = SEED) -> None:
        self.persons = persons
        self.seed = seed

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The names by group."""
        return Naming(self.seed).groups

    @cached_property
    def districts(self) -> tuple[list[str], list[float]]:
        """Districts with cumulated weights: a region's people are shared out among its districts, towns taking more."""
        with (TERRITORY / "regions.csv").open(encoding="utf-8", newline="") as file:
            people = {row["kato_prefix"]: float(row["population_total_2024_approx"]) for row in csv.DictReader(file)}
        with (TERRITORY / "districts.csv").open(encoding="utf-8", newline="") as file:
            rows = [(row["kato"], 1.0 if row["unit_type"] == "district" else 3.0) for row in csv.DictReader(file)]
        total: dict[str, float] = {}
        for kato, weight in rows:
            total[kato[:2]] = total.get(kato[:2], 0.0) + weight
        weights = [people.get(kato[:2], 0.0) * weight / total[kato[:2]] for kato, weight in rows]
        return [kato for kato, _ in rows], list(accumulate(weights))

    def blocks(self) -> Iterator[list[Person]]:
        """Make all persons."""
        for number in range(-(-self.persons // BLOCK)):
            yield self.block(number)

    def block(self, number: int) -> list[Person]:
        """Make one block of persons."""
        random = Random(f"{self.seed} block {number}")  # noqa: S311 - a corpus, no secret
        count = min(BLOCK, self.persons - number * BLOCK)
        katos, weights = self.districts
        groups = random.choices([name for name, _ in GROUPS], [share for _, share in GROUPS], k=count)
        where = random.choices(katos, cum_weights=weights, k=count)
        girls = random.choices((False, True), k=count)
        columns = self._names(random, groups, girls)
        return [
            self._person(random, names, girl, kato, number * BLOCK + place)
            for place, (names, girl, kato) in enumerate(zip(columns, girls, where, strict=True))
        ]

    def _names(self, random: Random, groups: list[str], girls: list[bool]) -> list[tuple[Name, Name, Name | None]]:
        """Return surname, given name and patronymic of each; picked many at once, which is quicker."""
        count = len(groups)
        picked = {}
        for name, group in self.groups.items():
            columns = group.surnames, group.male, group.female, group.kazakh_patronymics, group.russian_patronymics
            picked[name] = [iter(column.pick(random, count)) for column in columns]
        found = []
        for name, girl in zip(groups, girls, strict=True):
            surnames, male, female, kazakh, russian = picked[name]
            has, style = random.random(), random.random()
            father = None
            if has < {"kazakh": 0.60, "russian": 0.95, "other": 0.75}[name]:
                father = next(kazakh if name == "kazakh" and style < 0.55 else russian)
            found.append((next(surnames), next(female if girl else male), father))
        return found

    def _person(
        self, random: Random, names: tuple[Name, Name, Name | None], girl: bool, kato: str, place: int
    ) -> Person:
        surname, given, father = names
        written = [
            surname.her if girl else surname.his,
            given.his,
            (father.her if girl else father.his) if father else "",
        ]
        if random.random() < 0.4:
            written = [word.translate(RUSSIAN) for word in written]
        birth, iin = self._birth(random, girl)
        own = place % OWN_FILE == 0
        district = int(kato[:6]) // 100 * 10
        return Person(
            id=_uuid(random),
            dossier=_uuid(random) if own else register(kato[:2]),
            surname=written[0],
            given=written[1],
            father=written[2],
            keys=(surname.key, given.key, father.key if father else ""),
            birth=birth,
            sex="girl" if girl else "boy",
            iin=iin,
            district=kato,
            own_file=own,
            units=(district, district + 1, district + 2 + random.randrange(3)) if own else register_units(kato[:2]),
        )

    @staticmethod
    def _birth(random: Random, girl: bool) -> tuple[tuple[date, date] | None, str]:
        """Return between which days somebody was born, and their number; three of four are children."""
        days = random.randrange(18 * 365) if random.random() < 0.75 else random.randrange(18 * 365, 70 * 365)
        day = TODAY - timedelta(days=days)
        chance = random.random()
        if chance < 0.02:
            day = day.replace(month=1, day=1)
        return Corpus._known(day, chance), number(random, day, girl)

    @staticmethod
    def _known(day: date, chance: float) -> tuple[date, date] | None:
        if chance >= 0.995:
            return None
        return (day, date(day.year, 12, 31)) if (day.month, day.day) == (1, 1) else (day, day)


def number(random: Random, day: date, girl: bool) -> str:
    """Return an identification number for a birth day; each thirty-third has a wrong check figure."""
    century = (4 if girl else 3) if day.year < 2000 else (6 if girl else 5)
    while True:
        eleven = f"{day:%y%m%d}{century}{random.randrange(10_000):04d}"
        figure = check_figure(eleven)
        if figure is not None:
            break
    if random.random() < 0.03:
        figure = (figure + random.randrange(1, 10)) % 10
    return f"{eleven}{figure}"
