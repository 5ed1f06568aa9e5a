"""A register of 100,000 rows in windows-1251 with semicolons, one row in a hundred broken: none lost, none doubled."""

from datetime import date, timedelta
from io import BytesIO
from itertools import islice
from random import Random

import pytest

from arasha.people.rules import check_figure
from arasha.people.rules.imports import Said, fingerprint, open_table, read_row, recognise, row_key, write_rejected

TODAY = date(2026, 11, 26)
ROWS = 100_000
HEADING = "Код;Фамилия;Имя;Отчество;Дата рождения;ИИН;Пол;Телефон;Адрес;Школа;Класс"
SURNAMES = ("Нургалиев", "Ахметова", "Щербаков", "Ким", "Оспанов", "Цой")
GIVEN = ("Айгуль", "Пётр", "Данияр", "Юлия", "Мадина", "Эльдар")
BROKEN = ("31.02.2014", "01.05.2099", "скоро", '"не закрыта', "лишняя;ячейка;ещё")


def register() -> tuple[bytes, set[int]]:
    """Return the register, and the numbers of its broken rows."""
    chance = Random(31)  # noqa: S311 - a register, no secret
    lines, broken = [HEADING], set()
    for number in range(2, ROWS + 2):
        day = date(2009, 1, 2) + timedelta(days=number % 5_000)
        eleven = f"{day:%y%m%d}{5 + number % 2}{number % 10_000:04}"
        iin = f"{eleven}{check_figure(eleven) or 0}"
        written = f"{day:%d.%m.%Y}"
        if number % 100 == 0:
            broken.add(number)
            written = BROKEN[number // 100 % len(BROKEN)]
        sex = "МЖ"[number % 2]
        lines.append(
            f"К-{number};{chance.choice(SURNAMES)};{chance.choice(GIVEN)};Серикович;{written};{iin};{sex};"
            f"8701{number:07};г. Туркестан, ул. Абая, {number % 300};Школа № {number % 90};5 А"
        )
    return "\r\n".join(lines).encode("cp1251"), broken


@pytest.mark.long
def test_every_row_of_a_large_register_is_taken_or_goes_back() -> None:
    content, broken = register()
    table = open_table(BytesIO(content), name="")
    assert (table.encoding, table.delimiter, table.heading_row, table.about) == ("cp1251", ";", 1, ROWS + 1)
    mapping = recognise(table, TODAY).mapping
    assert len(mapping.columns) == 11
    faults, keys, prints = {}, set(), set()
    for row in table.rows():
        said = read_row(row, mapping, TODAY)
        if isinstance(said, Said):
            keys.add(row_key(said))
            prints.add(fingerprint(said))
        else:
            faults[row.number] = said
    assert set(faults) == broken
    assert len(keys) == len(prints) == ROWS - len(broken)
    half = [row.number for row in islice(table.rows(after=ROWS // 2), 3)]
    assert half == [ROWS // 2 + 1, ROWS // 2 + 2, ROWS // 2 + 3]
    out = BytesIO()
    assert write_rejected(table, faults, out, "ru") == len(broken)
    assert len(list(open_table(out, name="").rows())) == len(broken)
