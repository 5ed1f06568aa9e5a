"""Reading a table from a file: CSV in UTF-8 or the Kazakh Windows code page, or an Excel workbook."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from arasha.kernel.territory.rules.official import Line, header_of

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 500 * 1024 * 1024
HEADER_WITHIN = 30
MOST_COLUMNS = 40


class FileUnreadable(Exception):
    """The file is not a table that can be read; `code` says why (see `wording`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_table(path: Path) -> tuple[str, dict[str, int], Iterator[Line]]:
    """Return the encoding, where each column stands, and the lines below the header. Raises FileUnreadable."""
    if not path.is_file():
        raise FileUnreadable("no_such_file")
    if path.stat().st_size > LARGEST:
        raise FileUnreadable("too_large")
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileUnreadable("old_excel")
    encoding, text = _decoded(content)
    lines = list(_csv_lines(text))
    header = header_of(lines[:HEADER_WITHIN])
    if header is None:
        raise FileUnreadable("no_header")
    number, places = header
    return encoding, places, (line for line in lines if line[0] > number)


def _decoded(content: bytes) -> tuple[str, str]:
    """Decode; what is not UTF-8 is the Kazakh Windows page, which agrees with windows-1251 on all Russian letters."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding, codec in [("utf-16", "utf-16")] if marked else [("utf-8", "utf-8-sig"), ("kz1048", "kz1048")]:
        try:
            return encoding, content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable("encoding")


def _csv_lines(text: str) -> Iterator[Line]:
    head = text[:4096]
    delimiter = max(";\t,", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise FileUnreadable("not_a_table") from None


def _workbook(content: bytes) -> tuple[str, dict[str, int], Iterator[Line]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise FileUnreadable("too_large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without a default style is readable all the same
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise FileUnreadable("not_a_table") from None
    try:
        for sheet in book.worksheets:
            lines = [
                (number, row[:MOST_COLUMNS]) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            ]
            header = header_of(lines[:HEADER_WITHIN])
            if header is not None:
                number, places = header
                return "xlsx", places, (line for line in lines if line[0] > number)
    finally:
        book.close()
    raise FileUnreadable("no_header")
