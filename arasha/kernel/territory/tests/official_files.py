"""Official files made for tests: the shipped units as the publisher would write them, then changed."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl

from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import NATION

HEADER = ["te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn"]
Rows = dict[str, tuple[str, str]]


def standing_rows() -> Rows:
    """Return the names (Kazakh, Russian) of every unit that stands, by code."""
    units = Territory.objects.filter(valid_to=None).exclude(pk=NATION)
    return {unit.kato: (unit.name_kk or f"{unit.name_ru} қаз", unit.name_ru) for unit in units}


def cells(rows: Rows) -> list[list[object]]:
    """Return the lines of a file with its header."""
    lines: list[list[object]] = [[*HEADER]]
    for number, (kato, (kazakh, russian)) in enumerate(sorted(rows.items()), start=1):
        lines.append([kato, kato[:2], kato[2:4], kato[4:6], kato[6:], "0", kazakh, russian, number])
    return lines


def write_csv(path: Path, lines: list[list[object]], *, encoding: str = "utf-8", delimiter: str = ";") -> Path:
    """Write a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_workbook(path: Path, lines: list[list[object]]) -> Path:
    """Write a workbook whose second sheet holds the table below two lines of heading, its codes as numbers."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("КАТО")
    sheet.append(["Классификатор"])
    sheet.append([])
    for line in lines:
        sheet.append([int(cell) if isinstance(cell, str) and cell.isdigit() else cell for cell in line])
    book.save(path)
    return path


def changed(rows: Rows, change: Callable[[Rows], object]) -> Rows:
    """Return a changed copy."""
    copy = dict(rows)
    change(copy)
    return copy
