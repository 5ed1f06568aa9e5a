"""Which days are worked in Kazakhstan: the five-day week, public holidays, and days moved by the Government."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from arasha.kernel.worktime.rules.fallback import computed_year


class Kind(StrEnum):
    """What the calendar says about a day that is not left to the week."""

    HOLIDAY = "holiday"
    MOVED_OFF = "moved_off"
    MOVED_WORKING = "moved_working"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Mark:
    """One day's entry. `instead_of` is the other day of a move; `estimated` marks a date not yet announced."""

    kind: Kind
    name_kk: str
    name_ru: str
    name_en: str
    instead_of: date | None = None
    estimated: bool = False

    def name(self, language: str) -> str:
        """Return the name in kk, ru or en (English for any other language)."""
        return {"kk": self.name_kk, "ru": self.name_ru}.get(language, self.name_en)


@dataclass(frozen=True)
class Calendar:
    """The days as known at one moment.

    A year is complete when its first of January is marked; every other year is filled from the published rules
    (`fallback`), every such day being marked as estimated. A mark given here always wins.
    """

    marks: Mapping[date, Mark] = field(default_factory=dict)

    def mark(self, day: date) -> Mark | None:
        """Return what is special about the day, or None when the week alone decides."""
        given = self.marks.get(day)
        if given is not None or date(day.year, 1, 1) in self.marks:
            return given
        computed = computed_year(day.year).get(day)
        if computed is None:
            return None
        kind, names, instead_of = computed
        return Mark(Kind(kind), *names, instead_of=instead_of, estimated=True)

    def works(self, day: date) -> bool:
        """Say whether the day is a working day of the five-day week."""
        mark = self.mark(day)
        if mark is None or mark.kind is Kind.ORDINARY:
            return day.weekday() < 5
        return mark.kind is Kind.MOVED_WORKING
