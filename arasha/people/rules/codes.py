"""The codes of people: lists as reviewed text."""

from pathlib import Path
from typing import Final

from arasha.kernel.access.rules import Facet
from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
ROLES = CodeList(DATA / "roles.csv")
SEXES = CodeList(DATA / "sexes.csv")
NAME_KINDS = CodeList(DATA / "name_kinds.csv")
BIRTH_WAYS = CodeList(DATA / "birth_ways.csv")
PAPERS = CodeList(DATA / "paper_kinds.csv")
ABSENCES = CodeList(DATA / "absence_reasons.csv")
CONTACTS = CodeList(DATA / "contact_kinds.csv")
CONTACT_OWNERS = CodeList(DATA / "contact_owners.csv")
CONTACT_SAFETY = CodeList(DATA / "contact_safety.csv")
ADDRESSES = CodeList(DATA / "address_kinds.csv")
ATTENDANCES = CodeList(DATA / "attendance_kinds.csv")
LANGUAGES = CodeList(DATA / "languages.csv")
WAYS = CodeList(DATA / "ways_of_talking.csv")
INTERPRETERS = CodeList(DATA / "interpreters.csv")
WORKERS = CodeList(DATA / "worker_wishes.csv")
DOMAINS = CodeList(DATA / "difficulty_domains.csv")
SCHOOL_ABSENCES = CodeList(DATA / "school_absences.csv")
PREGNANCIES = CodeList(DATA / "pregnancy_kinds.csv")
LEVELS = CodeList(DATA / "difficulty_levels.csv")
MATTERS = CodeList(DATA / "standing_matters.csv")
STANDINGS = CodeList(DATA / "standing_reasons.csv")
REGISTERS = CodeList(DATA / "register_kinds.csv")
REGISTER_FIELDS = CodeList(DATA / "register_fields.csv")
LOAD_STATES = CodeList(DATA / "load_states.csv")
# What kind of file holds the people of a register.
REGISTER: Final = "register"
# How many households a file tells apart.
HOUSEHOLDS = 9


class CodeDoesNotFit(ValueError):
    """The code is on its list, but not beside the other one that was given."""


def facet_of_address(kind: str) -> Facet:
    """Return under which facet an address of a kind lies. Raises UnknownCode."""
    return Facet.ADDRESS if ADDRESSES[kind].more["protected"] == "yes" else Facet.CONTACTS


def facet_of_attendance(kind: str) -> Facet:
    """Return under which facet a school or a clinic lies. Raises UnknownCode."""
    return Facet[ATTENDANCES[kind].more["facet"].upper()]


def check_level(domain: str, level: str) -> None:
    """Refuse a level of another scale: how much (none to cannot) is not how often (never to daily).

    Raises UnknownCode, CodeDoesNotFit. Source: Washington Group and UNICEF, child functioning module, 5 to 17 years.
    """
    if DOMAINS[domain].more["scale"] != LEVELS[level].more["scale"]:
        raise CodeDoesNotFit(level)


def is_disability(levels: dict[str, str]) -> bool:
    """Say whether difficulties by domain count as a functional difficulty: one domain is enough (same source)."""
    return any(LEVELS[level].more["counts"] == "yes" for level in levels.values())


def check_standing(matter: str, reason: str, *, allowed: bool) -> None:
    """Refuse a reason that speaks for the opposite of what is decided. Raises UnknownCode, CodeDoesNotFit."""
    MATTERS[matter]
    if STANDINGS[reason].more["allows"] not in {"both", "yes" if allowed else "no"}:
        raise CodeDoesNotFit(reason)
