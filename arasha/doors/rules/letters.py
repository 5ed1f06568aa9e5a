"""What a letter is bound to, and what the report is that a telling makes."""

from uuid import UUID

from arasha.doors.rules.telling import TELLERS, Telling
from arasha.kernel.territory.rules import NATION
from arasha.signals.rules import INSTITUTIONS, PRESSURE, REFUSED, Report


def about_letter(kind: str, ticket: UUID) -> str:
    """Return what a letter is bound to: its kind and its form. Moved to another, it does not open."""
    return f"arasha.letter.1:{kind}:{ticket}"


def report_of(telling: Telling) -> Report:
    """Return the report that a telling makes. What was not said is not guessed: not knowing never counts as safe.

    Who says no place is heard by those who are there for the whole country.
    """
    return Report(
        door=TELLERS[telling.teller].more["door"],
        territory=telling.territory or NATION,
        concerns=telling.concerns or ("other",),
        safe_now=telling.safe_now,
        suspect_has_access=telling.reached,
        child_called=telling.child_called,
        child_age=telling.child_age,
        child_sex=telling.child_sex,
        narrative=telling.words,
        whereabouts=telling.whereabouts,
        must_not_know=telling.must_not_know,
        may_ring=telling.may_ring,
        happened_in=telling.institution_kind if telling.institution_kind in INSTITUTIONS else "",
        place_called=telling.institution_called,
        statement="refused" if REFUSED in telling.hindrances else "",
        pressure=PRESSURE in telling.hindrances,
    )
