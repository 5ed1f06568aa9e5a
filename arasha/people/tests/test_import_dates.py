"""Birth dates of registers: one cell says what it says, and the column decides what the cell alone can't."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules import Birth, born, check_figure
from arasha.people.rules.imports import DateFault, Order, find_style, read_birth
from arasha.people.rules.imports.dates import read_birth_year

TODAY = date(2026, 11, 26)
NEW_YEARS_EVE = Birth(date(2014, 12, 31), date(2014, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2014",
        "31/12/2014",
        "31-12-2014",
        "12/31/2014",
        "2014-12-31",
        "2014/12/31",
        "2014.12.31",
        "31/12/14",
        "31.12.14",
        "31.12.14 г.",
        "31.12.2014 г.р.",
        "31 . 12 . 2014",
        "31.12.2014 00:00:00",
        "2014-12-31T00:00:00",
        "2014-12-31T00:00:00+05:00",
        "20141231",
        "31122014",
        "42004",
        "42004.0",
        "31 желтоқсан 2014 ж.",
        "31 желтоқсан 2014 жылы",
        "31 желтоксан 2014",
        "2014 жылғы 31 желтоқсан",
        "2014 ж. 31 желтоқсан",
        "31 декабря 2014 г.",
        "31 Декабря 2014 года",
        "31-дек-14",
        "31 дек. 2014",
        "31 December 2014",
        "December 31, 2014",
        "Dec 31st, 2014",
    ],
)
def test_a_day_is_read_in_every_style(text: str) -> None:
    assert read_birth(text, None, TODAY) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("01.01.2014", born(2014)),
        ("2014-01-01", born(2014)),
        ("41640", born(2014)),
        ("2014", born(2014)),
        ("2014 г.", born(2014)),
        ("2014 ж.", born(2014)),
        ("2014 г.р.", born(2014)),
        ("00.00.2014", born(2014)),
        ("00.06.2014", born(2014, 6)),
        ("06.2014", born(2014, 6)),
        ("маусым 2014", born(2014, 6)),
        ("июнь 2014 г.", born(2014, 6)),
    ],
)
def test_a_day_that_is_not_known_is_not_made_up(text: str, birth: Birth) -> None:
    assert read_birth(text, None, TODAY) == birth


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.2014", "date_impossible"),
        ("32.12.2014", "date_impossible"),
        ("13/13/2014", "date_impossible"),
        ("2014-13-01", "date_impossible"),
        ("30 ақпан 2014", "date_impossible"),
        ("27.11.2026", "date_future"),
        ("2027", "date_future"),
        ("59000", "date_future"),
        ("31.12.1850", "date_too_early"),
        ("0001-01-01", "date_too_early"),
        ("7 лет", "date_unreadable"),
        ("весна 2014", "date_unreadable"),
        ("141231500000", "date_unreadable"),
        ("31.12", "date_unreadable"),
        ("1122014", "date_unreadable"),
        ("31.12/2014", "date_unreadable"),
        ("٣١.١٢.٢٠١٤", "date_unreadable"),
        ("9" * 5000, "date_unreadable"),
    ],
)
def test_what_is_no_birth_date_is_named(text: str, code: str) -> None:
    with pytest.raises(DateFault) as wrong:
        read_birth(text, Order.DAY_FIRST, TODAY)
    assert wrong.value.code == code


def test_today_is_a_birth_date() -> None:
    assert read_birth("26.11.2026", None, TODAY) == Birth(TODAY, TODAY)


@pytest.mark.parametrize(
    ("text", "year"), [("25.11.26", 2026), ("26.11.26", 2026), ("27.11.26", 1926), ("5.3.00", 2000), ("5.3.85", 1985)]
)
def test_two_figures_are_the_latest_year_that_is_not_to_come(text: str, year: int) -> None:
    assert read_birth(text, None, TODAY).first.year == year


def test_strokes_are_read_as_the_column_is() -> None:
    assert read_birth("05/06/2014", Order.DAY_FIRST, TODAY).first == date(2014, 6, 5)
    assert read_birth("05/06/2014", Order.MONTH_FIRST, TODAY).first == date(2014, 5, 6)
    with pytest.raises(DateFault, match="date_ambiguous"):
        read_birth("05/06/2014", None, TODAY)


def test_with_points_the_day_comes_first_unless_the_column_shows_the_other() -> None:
    assert read_birth("05.06.2014", None, TODAY).first == date(2014, 6, 5)
    assert read_birth("05.06.2014", Order.MONTH_FIRST, TODAY).first == date(2014, 5, 6)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("text", ["2014-05-06", "6 мая 2014", "06/06/2014"])
def test_what_is_beyond_doubt_does_not_follow_the_column(text: str, order: Order) -> None:
    assert read_birth(text, order, TODAY).exact
    assert read_birth(text, order, TODAY) == read_birth(text, None, TODAY)


IIN = f"14060550100{check_figure('14060550100')}"
WRONG = f"{IIN[:-1]}{(int(IIN[-1]) + 1) % 10}"


@pytest.mark.parametrize(
    ("cells", "numbers", "order", "mixed", "needed"),
    [
        (["05/06/2014", "31/12/2014"], [], Order.DAY_FIRST, False, True),
        (["05/06/2014", "12/31/2014"], [], Order.MONTH_FIRST, False, True),
        (["05/06/2014", "07/08/2014"], [], None, False, True),
        (["05.06.2014", "07.08.2014"], [], None, False, False),
        (["05.06.2014", "12.31.2014"], [], Order.MONTH_FIRST, False, False),
        (["31/12/2014", "30/12/2014", "12/31/2014"], [], Order.DAY_FIRST, True, False),
        (["2014-05-06", "42004", "5 мая 2014", "2014", ""], [], None, False, False),
        (["05/06/2014"], [IIN], Order.DAY_FIRST, False, False),
        (["06/05/2014"], [IIN], Order.MONTH_FIRST, False, False),
        (["06/05/14"], [IIN], Order.MONTH_FIRST, False, False),
        (["06/05/2013"], [IIN], None, False, True),
        (["06/05/2014"], [WRONG], None, False, True),
        (["06/06/2014"], [], None, False, False),
    ],
)
def test_the_column_decides_or_says_that_it_cannot(
    cells: list[str], numbers: list[str], order: Order | None, mixed: bool, needed: bool
) -> None:
    found = find_style(cells, numbers)
    assert (found.order, found.mixed, found.needed) == (order, mixed, needed)


@pytest.mark.parametrize(
    ("text", "birth"),
    [("2014", born(2014)), ("2014 г.", born(2014)), ("31.12.2014", NEW_YEARS_EVE), ("2026", born(2026))],
)
def test_a_column_of_years_may_hold_whole_dates(text: str, birth: Birth) -> None:
    assert read_birth_year(text, TODAY) == birth


@pytest.mark.parametrize("text", ["2027", "1850", "0014"])
def test_a_year_in_which_nobody_was_born_is_named(text: str) -> None:
    with pytest.raises(DateFault, match="year_impossible"):
        read_birth_year(text, TODAY)


WRITTEN = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d%m%Y", "%d.%m.%y", "%Y/%m/%d")


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from(WRITTEN))
def test_every_day_survives_every_style(day: date, style: str) -> None:
    expected = born(day.year) if (day.month, day.day) == (1, 1) else Birth(day, day)
    assert read_birth(day.strftime(style), Order.DAY_FIRST, TODAY) == expected


@given(st.dates(date(1930, 1, 1), TODAY))
def test_every_serial_of_excel_is_its_day(day: date) -> None:
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert read_birth(serial, None, TODAY).last.year == day.year


def outcome(text: str) -> str:
    try:
        birth = read_birth(text, None, TODAY)
    except DateFault as wrong:
        return wrong.code
    return "born" if birth.first <= TODAY else "not born yet"


@given(st.text(max_size=70) | st.from_regex(r"[0-9]{1,4}[./ -][0-9]{1,4}[./ -][0-9]{1,4}", fullmatch=True))
def test_any_text_is_a_birth_or_a_named_fault(text: str) -> None:
    named = {"date_unreadable", "date_impossible", "date_ambiguous", "date_future", "date_too_early"}
    assert outcome(text) in named | {"born"}
