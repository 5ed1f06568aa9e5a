"""Delimited text, row by row: whatever quotes do to it, no line of it is lost.

A quote that is never closed would swallow all that follows. Where a row can't be read so, its first line goes back to
its sender as a fault, and reading begins again at the next line.
"""

import csv
import io
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO, Final

from arasha.people.rules.imports.encodings import LONGEST_LINE
from arasha.people.rules.imports.faults import Unreadable
from arasha.people.rules.imports.headings import DEEPEST, count_named
from arasha.people.rules.imports.table import MOST_COLUMNS, Raw, trimmed

DELIMITERS: Final = (";", ",", "\t", "|")
# A cell may hold lines; more in one row are a quote that was never closed.
MOST_LINES: Final = 50
TRIED: Final = 60


class _Unclosed(Exception):
    """More lines than a row can have stand within one pair of quotes."""


class _Lines:
    """Lines of a text for the csv module, with those that the present row has taken; they can be given back."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._again = text, deque[str]()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _Unclosed
        line = self._again.popleft() if self._again else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE + 1)
        if len(line) > LONGEST_LINE:
            raise Unreadable("row_too_long", self.number + 1)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Let lines be read again."""
        self._again.extendleft(reversed(lines))


def walk(stream: BinaryIO, codec: str, start: int, delimiter: str) -> Iterator[Raw]:
    """Give every row of a text, empty ones too, numbered as a spreadsheet numbers them. Raises Unreadable."""
    stream.seek(start)
    # bytes that are no letters make a fault of their row (`table.UNDECODED`); UTF-16 can't carry them as they are
    errors = "replace" if codec.startswith("utf-16") else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding=codec, errors=errors, newline="")
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        while True:
            lines.taken.clear()
            faults: tuple[tuple[int, str], ...] = ()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _Unclosed):
                first, *rest = lines.taken
                lines.give_back(rest)
                cells, faults = first.rstrip("\r\n").split(delimiter), ((0, "quotes"),)
            lines.number += 1
            if len(cells) > MOST_COLUMNS and len(trimmed(tuple(cells))) > MOST_COLUMNS:
                raise Unreadable("too_many_columns", lines.number)
            yield Raw(lines.number, tuple(cells), faults)
    finally:
        with suppress(ValueError):  # whoever left off reading may have closed the stream already
            text.detach()


def declared_delimiter(stream: BinaryIO, codec: str, start: int) -> tuple[str, int]:
    """Return the delimiter that a first line `sep=;` names, and how many bytes that line has; ("", 0) for none."""
    stream.seek(start)
    line = stream.readline(64).decode(codec, "ignore") if not codec.startswith("utf-16") else ""
    if line.lower().startswith("sep=") and len(line.rstrip("\r\n")) == 5 and line.endswith("\n"):
        return line[4], len(line)
    return "", 0


def find_delimiter(walk_with: Callable[[str], Iterator[Raw]]) -> str:
    """Return the delimiter that makes the best table: whose heading names most fields, whose rows are of one width."""
    return max(DELIMITERS, key=lambda delimiter: _merit(walk_with(delimiter)))


def _merit(rows: Iterator[Raw]) -> tuple[int, float]:
    try:
        full = [raw for raw in islice(rows, TRIED) if any(raw.values)]
    except Unreadable:
        return 0, 0.0
    widths = Counter(len(raw.values) for raw in full if not raw.faults and len(raw.values) > 1)
    if not widths:
        return 0, 0.0
    width, times = widths.most_common(1)[0]
    named = max(count_named(raw.values) for raw in full[:DEEPEST])
    return named, times / len(full) * min(width, 12) ** 0.5
