"""What two persons agree on that the calendar says of a day. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from arasha.administration.rules import names
from arasha.kernel.worktime.rules import Kind

# The Government moves days by the year; farther ahead nobody knows, and the past decides nothing any more.
FARTHEST: Final = timedelta(days=3 * 366)
LONGEST_SOURCE: Final = 300


class DayInvalid(ValueError):
    """An entry lacks a name or a source, is moved to itself, lies in the past or too far ahead."""


@dataclass(frozen=True, slots=True)
class NewDay:
    """What the calendar is to say of a day; names are kk, ru, en. `verified_by` compared it with the act."""

    day: date
    kind: Kind
    names: tuple[str, str, str]
    source: str
    instead_of: date | None = None
    verified_by: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the entry as a proposal keeps it."""
        three = dict(zip(("name_kk", "name_ru", "name_en"), self.names, strict=True))
        return {
            "date": self.day.isoformat(),
            "kind": self.kind.value,
            **three,
            "instead_of": self.instead_of.isoformat() if self.instead_of else None,
            "source": self.source,
            "verified_by": self.verified_by,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "NewDay":
        """Read what `to_json` wrote."""
        other = kept["instead_of"]
        return cls(
            day=date.fromisoformat(kept["date"]),
            kind=Kind(kept["kind"]),
            names=(kept["name_kk"], kept["name_ru"], kept["name_en"]),
            source=kept["source"],
            instead_of=date.fromisoformat(other) if other else None,
            verified_by=kept["verified_by"],
        )

    def checked(self, today: date) -> "NewDay":
        """Return the entry with clean names. Raises DayInvalid."""
        if not today <= self.day <= today + FARTHEST or self.instead_of == self.day:
            raise DayInvalid
        try:
            kk, ru, en = (names.plain(name) for name in self.names)
            source = names.plain(self.source)
            by = names.plain(self.verified_by) if self.verified_by.strip() else ""
        except names.NameInvalid:
            raise DayInvalid from None
        return NewDay(self.day, self.kind, (kk, ru, en), source, self.instead_of, by)


def swap(off: NewDay, works: date) -> tuple[NewDay, NewDay]:
    """Return both sides of a move: a day is off, and another is worked instead of it."""
    other = NewDay(works, Kind.MOVED_WORKING, off.names, off.source, off.day, off.verified_by)
    return NewDay(off.day, Kind.MOVED_OFF, off.names, off.source, works, off.verified_by), other
