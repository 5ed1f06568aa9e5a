"""What one cell says: codes by their words in three languages, days, numbers, hours, places. No database, no clock."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from arasha.kernel.territory.rules import fold
from arasha.services.rules import lists
from arasha.services.rules.hours import HoursFaulty, checked
from arasha.services.rules.package import FILE, read_package
from arasha.ui.rules import LANGUAGES

DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y")
NOT_WORD: Final = re.compile(r"[\W_]+")
SPAN: Final = re.compile(r"([^\d]+?)\s*(\d{1,2}[:.]\d{2})\s*[-–—]\s*(\d{1,2}[:.]\d{2})")
WEEK: Final = tuple(day.code for day in lists.WEEKDAYS)
MOST_SEEN: Final = 2_000
YES, NO = {"1", "true", "+"}, {"0", "false", "-"}


class CellFaulty(ValueError):
    """A cell that can't be read; `code` is one of `exchange_faults.csv`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Places:
    """The territories there are: the path of each by its code, and codes by names that only one of them has."""

    paths: Mapping[str, str]
    names: Mapping[str, str]

    def code(self, text: str) -> str:
        """Return the code of a place by its code or name. Raises CellFaulty."""
        found = text if text in self.paths else self.names.get(fold(text), "")
        if not found:
            raise CellFaulty("no_place")
        return found

    def inside(self, code: str, place: str) -> bool:
        """Say whether a territory lies in another, or is it."""
        return place in self.paths.get(code, "").split(".")


def folded(text: str) -> str:
    """Return words for comparing: without case, signs and Kazakh letters."""
    return NOT_WORD.sub(" ", fold(text) or text.casefold()).strip()


@cache
def words(name: str) -> dict[str, str]:
    """Return the codes of a list (`lists`, or PACKAGE) by themselves and by their words."""
    if name == "PACKAGE":
        rows = [(row.code, list(row.names.values())) for row in read_package(FILE)]
    else:
        rows = [(row.code, [row.label(language) for language in LANGUAGES]) for row in getattr(lists, name)]
    return {folded(word): code for code, labels in rows for word in (*labels, code)}


def one_of(name: str) -> Callable[[str], str]:
    """Return what reads a code of a list."""

    seen: dict[str, str] = {}

    def read(text: str) -> str:
        if text in seen:  # what was a code once is one again; what was none is remembered nowhere
            return seen[text]
        try:
            found = words(name)[folded(text)]
        except KeyError:
            raise CellFaulty("unknown") from None
        if len(seen) < MOST_SEEN:
            seen[text] = found
        return found

    return read


def many_of(name: str) -> Callable[[str], tuple[str, ...]]:
    """Return what reads several codes, parted by semicolons, or by commas where no single word holds them."""
    read = one_of(name)

    def read_all(text: str) -> tuple[str, ...]:
        if ";" not in text and folded(text) not in words(name):
            text = text.replace(",", ";").replace("|", ";")
        return tuple(dict.fromkeys(read(part) for part in text.split(";") if part.strip()))

    return read_all


def day(text: str) -> date:
    """Return a day written as 2026-12-31 or 31.12.2026. Raises CellFaulty."""
    for form in DAYS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
    raise CellFaulty("no_date")


def number(text: str) -> int:
    """Return a whole number; spaces between thousands are taken out. Raises CellFaulty."""
    plain = text.replace(" ", "").replace("\xa0", "")
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise CellFaulty("no_number")
    return int(plain)


def degrees(text: str) -> Decimal:
    """Return degrees with five places, some metres. Raises CellFaulty."""
    try:
        if len(text) > 40:
            raise CellFaulty("no_number")
        found = Decimal(text.replace(",", "."))
        return found.quantize(Decimal("0.00001"))
    except InvalidOperation:
        raise CellFaulty("no_number") from None


def yes(text: str) -> bool:
    """Return yes or no in three languages. Raises CellFaulty."""
    said = words("KNOWN").get(folded(text), "yes" if text.casefold() in YES else "no" if text.casefold() in NO else "")
    if said not in {"yes", "no"}:
        raise CellFaulty("no_yes")
    return said == "yes"


@cache
def _weekdays() -> dict[str, int]:
    found = {}
    for place, row in enumerate(lists.WEEKDAYS):
        for word in (row.code, *(row.label(language) for language in LANGUAGES), *row.more["short"].split()):
            found[folded(word)] = place
    return found


_HOURS: dict[str, list[list[object]]] = {}


def hours(text: str) -> list[list[object]]:
    """Return opening hours written as `mon-fri 09:00-18:00; sat 10:00-14:00`, in any language. Raises CellFaulty."""
    if text not in _HOURS:
        found = _hours(text)
        if len(_HOURS) >= MOST_SEEN:
            return found
        _HOURS[text] = found
    return [list(span) for span in _HOURS[text]]


def _hours(text: str) -> list[list[object]]:
    spans: list[tuple[object, ...]] = []
    for named, opens, closes in SPAN.findall(text):
        spans += [(place, opens.replace(".", ":"), closes.replace(".", ":")) for place in _days(named.strip(" ;,"))]
    rest = SPAN.sub("", text).strip(" ;,.")
    if rest or not spans:
        raise CellFaulty("no_hours")
    try:
        return checked(spans)
    except HoursFaulty:
        raise CellFaulty("no_hours") from None


def _days(named: str) -> list[int]:
    known = _weekdays()
    found: list[int] = []
    for part in named.split(","):
        ends = [known.get(folded(word), -1) for word in re.split(r"\s*[-–—]\s*", part.strip())]
        if -1 in ends or len(ends) > 2 or ends[0] > ends[-1]:
            raise CellFaulty("no_hours")
        found += range(ends[0], ends[-1] + 1)
    return found


def hours_text(spans: Any) -> str:
    """Return opening hours as `hours` reads them: days that are alike together."""
    by_day: dict[int, list[str]] = {}
    for place, opens, closes in spans:
        by_day.setdefault(int(place), []).append(f"{opens}-{closes}")
    groups: list[tuple[int, int, list[str]]] = []
    for place in sorted(by_day):
        if groups and groups[-1][1] == place - 1 and groups[-1][2] == by_day[place]:
            groups[-1] = (groups[-1][0], place, by_day[place])
        else:
            groups.append((place, place, by_day[place]))
    return "; ".join(
        f"{WEEK[first] if first == last else f'{WEEK[first]}-{WEEK[last]}'} {span}"
        for first, last, spans_of in groups
        for span in spans_of
    )
