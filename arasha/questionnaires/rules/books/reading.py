"""Reading what somebody hands in: Markdown, CSV or Excel, told apart by what it is and not by its name."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from arasha.questionnaires.rules.books.book import Reading, Unreadable
from arasha.questionnaires.rules.books.excel import read_excel
from arasha.questionnaires.rules.books.tables import Cells, assemble

LARGEST: Final = 2 * 1024 * 1024
LINE: Final = re.compile(r"\s*\|(.*)\|\s*$")
SEPARATOR: Final = re.compile(r"[|\s:-]+")
PIPE: Final = re.compile(r"(?<!\\)\|")
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
ZIP: Final = b"PK\x03\x04"


def read(content: bytes) -> Reading:
    """Return what a file says.

    Raises:
        Unreadable: `too_large`, `old_excel`, `not_a_table`, `letters`, `empty`, `no_sheets`, `too_many_rows`,
            `too_many_columns`.
    """
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    if content.startswith(OLD_EXCEL):
        raise Unreadable("old_excel")
    return read_excel(content) if content.startswith(ZIP) else read_text(_decoded(content))


def read_text(text: str) -> Reading:
    """Return what a text says: Markdown, or a CSV whose first column names the sheet. Raises Unreadable."""
    if len(text) > LARGEST:
        raise Unreadable("too_large")
    if not text.strip():
        raise Unreadable("empty")
    lines = text.splitlines()
    piped = sum(1 for line in lines if LINE.match(line))
    filled = sum(1 for line in lines if line.strip())
    return assemble(_by_sheet(_markdown(lines) if piped * 2 > filled else _csv(text)))


def _decoded(content: bytes) -> str:
    """Decode; what is not UTF-8 is the Kazakh Windows page, which agrees with windows-1251 on all Russian letters."""
    codecs = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "kz1048"]
    for codec in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("letters")


def _markdown(lines: list[str]) -> Iterator[list[str]]:
    """Yield the rows of Markdown tables; a bar inside a cell stands behind a backslash."""
    for line in lines:
        found = LINE.match(line)
        if found and not SEPARATOR.fullmatch(found[1]):
            yield [cell.replace(r"\|", "|") for cell in PIPE.split(found[1])]


def _csv(text: str) -> Iterator[list[str]]:
    head = text[:4096]
    delimiter = max(";,\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        raise Unreadable("not_a_table") from None


def _by_sheet(rows: Iterator[list[str]]) -> list[tuple[str, list[tuple[int, Cells]]]]:
    """Gather rows under the sheet that the first column named last; in each sheet they are counted from 1."""
    tables: list[tuple[str, list[tuple[int, Cells]]]] = []
    for row in rows:
        if not row:
            continue
        if row[0].strip():
            tables.append((row[0], []))
        if not tables:
            raise Unreadable("not_a_table")
        if any(cell.strip() for cell in row[1:]):
            table = tables[-1][1]
            table.append((len(table) + 1, row[1:]))
    return tables
