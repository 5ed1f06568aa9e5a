"""Two made-up registers of persons with known truth: half of the second are people of the first, told otherwise.

The people are the corpus's. How often each thing goes wrong is made up, and harsher than a register kept by number:
other script and spelling, slips, missing parts, changed addresses. Of the strangers, one in fifty is a twin of somebody
in the first register, and one in sixteen a brother or sister: they share surname, patronymic, district and telephone.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from arasha.people.linkage.tables import Record
from arasha.people.rules import Birth
from arasha.people.rules.known import Known
from benches.people.corpus import Corpus, Person, number
from benches.people.naming import RUSSIAN

TWINS, KIN = 1 / 50, 1 / 16
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
IN_LATIN = "a,b,v,g,d,e,yo,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya,a,g,q,n,o,u,u,h,i"
LATIN = dict(zip(CYRILLIC, IN_LATIN.split(","), strict=True))


def first(count: int, seed: str) -> Iterator[Record]:
    """Yield the first register: as documents have it, some of it missing."""
    random = Random(f"{seed} first")  # noqa: S311 - a corpus, no secret
    for place, person in enumerate(islice(_people(count, seed), count)):
        yield f"a{place}", _told(random, person, place)


def second(count: int, seed: str) -> Iterator[Record]:
    """Yield the second: at even places who stands at that place in the first (`b`), at odd ones somebody else (`x`)."""
    random = Random(f"{seed} second")  # noqa: S311
    strangers = islice(_people(count, seed), count, None)
    for place, (person, stranger) in enumerate(zip(islice(_people(count, seed), count), strangers, strict=True)):
        if place % 2 == 0:
            yield f"b{place}", _worn(random, _told(random, person, place))
        else:
            chance = random.random()
            near = chance < TWINS + KIN and person.keys[1] != stranger.keys[1]  # no two of a family have one name
            kin = _kin(random, person, stranger, twin=chance < TWINS) if near else stranger
            yield f"x{place}", _worn(random, _told(random, kin, place if kin is not stranger else count + place))


def is_one(one: str, other: str) -> bool:
    """Say whether two records are of one person, by their identifiers."""
    return one[0] + other[0] in {"ab", "ba"} and one[1:] == other[1:]


def true_pairs(count: int, seed: str) -> Iterator[tuple[Known, Known, bool]]:
    """Yield pairs as they come back from review, and as many drawn by chance: what weights are learnt from."""
    ones = [known for _identifier, known in first(count, seed)]
    others = [known for _identifier, known in second(count, seed)]
    for place in range(0, count, 2):
        yield ones[place], others[place], True
    random = Random(f"{seed} by chance")  # noqa: S311
    for _ in range(20 * count):
        place, other = random.randrange(count), random.randrange(count)
        if place != other:
            yield ones[place], others[other], False


def _people(count: int, seed: str) -> Iterator[Person]:
    for block in Corpus(2 * count, seed).blocks():
        yield from block


def _told(random: Random, person: Person, family: int) -> Known:
    """Return what a register was told of a person."""
    said = random.random
    return Known(
        surnames=(person.surname,),
        givens=(person.given,),
        patronymics=(person.father,) if person.father and said() < 0.9 else (),
        birth=Birth(*person.birth) if person.birth else None,
        sex=person.sex if said() < 0.95 else "unknown",
        iin=person.iin if said() < 0.7 else "",
        phones=(f"7{family:010d}",) if said() < 0.5 else (),
        district=person.district if said() < 0.95 else "",
    )


def _kin(random: Random, person: Person, stranger: Person, *, twin: bool) -> Person:
    """Return the stranger as a twin, brother or sister of a person: of the same sex, for the harder case."""
    birth = person.birth
    if birth and not twin:
        apart = timedelta(days=random.choice((-1, 1)) * random.randrange(300, 3000))
        birth = (birth[0] + apart, birth[1] + apart)
    day = birth[0] if birth else date(2015, 5, 5)
    return Person(
        id=stranger.id,
        dossier=stranger.dossier,
        surname=person.surname,
        given=stranger.given,
        father=person.father,
        keys=person.keys,
        birth=birth,
        sex=person.sex,
        iin=number(random, day, person.sex == "girl"),
        district=person.district,
        own_file=False,
        units=(),
    )


def _worn(random: Random, known: Known) -> Known:
    """Return a description as another register has it."""
    chance = random.random
    surname, given = known.surnames[0], known.givens[0]
    patronymic = known.patronymics[0] if known.patronymics else ""
    script = chance()
    if script < 0.35:
        way: Callable[[str], str] = _latin if script < 0.05 else _russian
        surname, given, patronymic = way(surname), way(given), way(patronymic)
    surname, given, patronymic = (
        _slipped(random, name) if chance() < 0.03 else name for name in (surname, given, patronymic)
    )
    if chance() < 0.01:
        surname, given = given, surname
    if chance() < 0.02:
        given = f"{given[0]}."
    if chance() < 0.01:
        given = f"{given}-Нұр"
    if chance() < 0.03:
        surname = ""
    return Known(
        surnames=(surname,) if surname else (),
        givens=(given,),
        patronymics=(patronymic,) if patronymic and chance() < 0.85 else (),
        birth=_birth(random, known.birth),
        sex=known.sex,
        iin=_figure(random, known.iin) if chance() < 0.01 else known.iin,
        phones=known.phones if chance() < 0.6 else (f"9{random.randrange(10**10):010d}",),
        district=known.district if chance() < 0.9 else "750000000",
    )


def _birth(random: Random, birth: Birth | None) -> Birth | None:
    chance = random.random()
    if birth is None or chance < 0.03:
        return None
    day = birth.first
    if chance < 0.06:
        return Birth(date(day.year, 1, 1), date(day.year, 12, 31))
    if chance < 0.08 and day.day <= 12 and birth.exact:
        day = date(day.year, day.day, day.month)
    elif chance < 0.10 and birth.exact:
        day = day.replace(day=random.randrange(1, 29))
    else:
        return birth
    return Birth(day, day)


def _russian(name: str) -> str:
    return name.translate(RUSSIAN)


def _latin(name: str) -> str:
    return "".join(LATIN.get(letter, letter) for letter in name.lower()).capitalize()


def _figure(random: Random, iin: str) -> str:
    if not iin:
        return iin
    place = random.randrange(len(iin))
    return f"{iin[:place]}{random.randrange(10)}{iin[place + 1 :]}"


def _slipped(random: Random, name: str) -> str:
    """Return a name with one slip: a letter lost, doubled, changed, or two changed over."""
    if len(name) < 4:
        return name
    place = random.randrange(1, len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    slips = (before + after, before + 2 * letter + after, f"{before}{random.choice('аеиоктсн')}{after}")
    return random.choice((*slips, f"{before}{after[0]}{letter}{after[1:]}"))
