"""A register as a file, opened whatever it is: CSV or Excel, in any encoding, with a title above its heading."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, Final

from arasha.people.rules.imports import delimited, workbooks
from arasha.people.rules.imports.encodings import find_encoding
from arasha.people.rules.imports.faults import Unreadable
from arasha.people.rules.imports.headings import counts_columns, heading_among, ours_among
from arasha.people.rules.imports.table import Raw, Table, trimmed, words_in

LARGEST: Final = 512 * 1024 * 1024
ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# Beginnings of files that are no tables, though some of them are mostly text.
OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"PK")
# Pages and XML that are named .xls: what many portals give out.
MARKUP: Final = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")
LOOKED_AT: Final = 60


def open_table(stream: BinaryIO, *, name: str, encoding: str = "", sheet: str = "") -> Table:
    """Return the table in a file that can be sought in: what it is, is found by its content, never by its name.

    `encoding` (one of `encodings.KNOWN`) and `sheet` are what a person chose instead of what is found. The stream stays
    open and belongs to the table as long as its rows are read. Raises Unreadable.
    """
    size = stream.seek(0, 2)
    if size > LARGEST:
        raise Unreadable("too_large")
    stream.seek(0)
    head = stream.read(512)
    if not head:
        raise Unreadable("empty")
    if head.startswith(ZIP):
        return _workbook(stream, name, sheet)
    if head.startswith(OLE):
        stream.seek(0)
        raise Unreadable("locked" if ENCRYPTED in stream.read(1024 * 1024) else "old_excel")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        raise Unreadable("web_page")
    if head.startswith(OTHERS):
        raise Unreadable("not_a_table")
    return _delimited(stream, name, encoding)


def _workbook(stream: BinaryIO, name: str, wanted: str) -> Table:
    found = workbooks.find_sheet(stream, wanted)
    described = {"sheet": found.rows.title, "other_sheets": found.others, "about": found.walked.rows}
    return _table(partial(workbooks.walk, found), kind="xlsx", name=name, **described)


def _delimited(stream: BinaryIO, name: str, chosen: str) -> Table:
    found = find_encoding(stream, chosen)
    delimiter, skipped = delimited.declared_delimiter(stream, found.codec, len(found.mark))
    start = len(found.mark) + skipped
    walk_with = partial(delimited.walk, stream, found.codec, start)
    delimiter = delimiter or delimited.find_delimiter(walk_with)
    described = {"encoding": found.codec, "encoding_sure": found.sure, "mark": found.mark, "delimiter": delimiter}
    return _table(partial(walk_with, delimiter), kind="csv", name=name, about=found.lines, **described)


def _table(walk: Callable[[], Iterator[Raw]], **described: Any) -> Table:
    """Find the heading and how wide the table is. Raises Unreadable for a table without a row."""
    rows = walk()
    head = [(raw.number, cells) for raw in islice(rows, LOOKED_AT) if (cells := trimmed(raw.values))]
    if not head:
        later = next((raw for raw in rows if trimmed(raw.values)), None)
        if later is None:
            raise Unreadable("empty")
        head = [(later.number, trimmed(later.values))]
    del rows
    place = heading_among(head)
    headings = next((tuple(words_in(cell) for cell in cells) for number, cells in head if number == place), ())
    numbering = [number for number, cells in head if place and number > place and counts_columns(cells)][:1]
    ours = ours_among(headings)
    if ours >= 0:
        headings = trimmed(headings[:ours] + headings[ours + 2 :])
    width = len(headings) or max(len(cells) for _, cells in head)
    return Table(
        walk=walk,
        heading_row=place,
        headings=headings,
        width=width,
        ours=ours,
        ignored_rows=frozenset(numbering),
        **described,
    )
