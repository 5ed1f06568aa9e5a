"""Seconds of typing: what a browser sends, and what a unit is told of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from arasha.coordination.rules.phrases import DATA
from arasha.ui.rules import CodeList

FIELD: Final = "typed_seconds"
# A form that claims more than an hour of typing was left open; it counts as an hour.
MOST: Final = 3600
# A median of fewer files says how long one child took, not how long children take: none is shown.
FEWEST: Final = 3
# What pages are called, by what the names of their addresses begin with.
PAGES = CodeList(DATA / "typed_pages.csv")
OTHER_PAGES: Final = "other"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a unit's typing: its first day, files typed in, the median of seconds a file, forms sent."""

    month: date
    files: int
    median: int
    sent: int


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page on which a unit typed: its code in `data/typed_pages.csv`, seconds in all, forms sent."""

    code: str
    seconds: int
    sent: int


def seconds_of(text: str) -> int:
    """Return the seconds that a browser sent, at most `MOST`; 0 for what is no such number."""
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def page_of(address: str) -> str:
    """Return the code of the page whose address has this name: the longest that it begins with."""
    prefixes = {one: code.code for code in PAGES for one in code.more["addresses"].split()}
    begun = [prefix for prefix in prefixes if address.startswith(prefix)]
    return prefixes[max(begun, key=len)] if begun else OTHER_PAGES


def by_page(rows: Iterable[tuple[str, int, int]]) -> list[Page]:
    """Return seconds and forms by kind of page, from those by address; what took longest first."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for address, seconds, sent in rows:
        code = page_of(address)
        found[code] = (found[code][0] + int(seconds), found[code][1] + int(sent))
    pages = [Page(code, *sums) for code, sums in found.items()]
    return sorted(pages, key=lambda page: (-page.seconds, page.code))


def minutes(seconds: int) -> float:
    """Return seconds as minutes with one digit."""
    return round(seconds / 60, 1)
