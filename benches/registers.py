"""`python -m benches.registers [ROWS]`: how quickly registers of other bodies are read, without a database.

Processor seconds of one process, from opening the file to key and fingerprint of each row; made-up children.
"""

import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from random import Random

import openpyxl

from arasha.people.rules import check_figure
from arasha.people.rules.imports import Said, fingerprint, open_table, read_row, recognise, row_key

TODAY = date(2026, 11, 26)
HEADING = ["ID", "Фамилия", "Имя", "Отчество", "Дата рождения", "ИИН", "Пол", "Телефон", "Адрес", "Школа", "Класс"]
SURNAMES = ("Нургалиев", "Ахметов", "Омаров", "Ким", "Сериков", "Иванова", "Бекова")
GIVEN = ("Нурсултан", "Айгуль", "Данияр", "Анна", "Руслан", "Алина")


def rows(count: int) -> Iterator[list[str]]:
    """Give the heading and so many children."""
    chance = Random(1)  # noqa: S311 - a register, no secret
    yield HEADING
    for number in range(count):
        day = date(2008, 1, 1) + timedelta(days=chance.randrange(6_000))
        eleven = f"{day:%y%m%d}{5 + number % 2}{chance.randrange(10_000):04}"
        names = [chance.choice(SURNAMES), chance.choice(GIVEN), "Серикович"]
        reached = [f"8701{chance.randrange(10**7):07}", f"г. Туркестан, ул. Абая {chance.randrange(500)}"]
        place = [f"Школа № {chance.randrange(99)}", "5 А"]
        yield [
            str(number),
            *names,
            f"{day:%d.%m.%Y}",
            f"{eleven}{check_figure(eleven)}",
            "МЖ"[number % 2],
            *reached,
            *place,
        ]


def written(kind: str, count: int) -> BytesIO:
    """Return a register as a file."""
    content = BytesIO()
    if kind == "csv":
        content.writelines((";".join(row) + "\r\n").encode("cp1251") for row in rows(count))
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows(count):
            sheet.append(row)
        book.save(content)
    return content


def main(count: int) -> None:
    """Print a line for each kind of file."""
    for kind in ("csv", "xlsx"):
        content = written(kind, count)
        began = time.process_time()
        table = open_table(content, name="")
        mapping = recognise(table, TODAY).mapping
        taken = 0
        for row in table.rows():
            said = read_row(row, mapping, TODAY)
            if isinstance(said, Said):
                taken += bool(fingerprint(said) and row_key(said))
        spent = time.process_time() - began
        print(f"registers.{kind}  {taken:,} rows  {spent:.1f} s  {taken / spent:,.0f} rows/s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
