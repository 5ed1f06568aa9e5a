"""Dates, moments, lengths and numbers as the glossary wants them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arasha.kernel.worktime.rules import Kind, Limit, Unit
from arasha.kernel.worktime.rules import formats as write
from arasha.kernel.worktime.rules.words import DAY_KINDS, UNITS, plural
from arasha.kernel.worktime.tests.reviewed import moment

NOW = moment("2026-03-27 09:40")


def plain(text: str) -> str:
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("language", "style", "text"),
    [
        ("kk", "screen", "05.03.2026"),
        ("ru", "screen", "05.03.2026"),
        ("en", "screen", "5_March 2026"),
        ("kk", "field", "05.03.2026"),
        ("en", "field", "05.03.2026"),
        ("kk", "words", "2026_ж. 5_наурыз"),
        ("ru", "words", "5_марта 2026"),
        ("kk", "document", "2026 жылғы 5_наурыз"),
        ("ru", "document", "5_марта 2026_года"),
        ("en", "document", "5_March 2026"),
        ("ru-kz", "words", "5_марта 2026"),
        ("fr", "words", "5_March 2026"),
    ],
)
def test_a_date(language: str, style: str, text: str) -> None:
    assert plain(write.format_date(date(2026, 3, 5), language, style)) == text


@pytest.mark.parametrize(
    ("language", "at", "now", "text"),
    [
        ("en", "2026-03-26 18:30", False, "Thursday 26_March 2026, 18:30"),
        ("ru", "2026-03-26 18:30", False, "четверг, 26_марта 2026, 18:30"),
        ("kk", "2026-03-26 18:30", False, "2026_ж. 26_наурыз, бейсенбі, 18:30"),
        ("en", "2026-03-20 08:05", True, "Friday 20_March, 08:05"),
        ("ru", "2026-03-20 08:05", True, "пятница, 20_марта, 08:05"),
        ("kk", "2026-03-20 08:05", True, "20_наурыз, жұма, 08:05"),
        ("en", "2025-12-31 23:59", True, "Wednesday 31_December 2025, 23:59"),
        ("en", "2026-03-27 00:00", True, "today, 00:00"),
        ("kk", "2026-03-26 23:59", True, "кеше, 23:59"),
        ("ru", "2026-03-28 00:00", True, "завтра, 00:00"),
    ],
)
def test_a_moment(language: str, at: str, now: bool, text: str) -> None:
    assert plain(write.format_moment(moment(at), language, NOW if now else None)) == text


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 2), (1, 0), (2, 1), (4, 1), (5, 2), (11, 2), (12, 2), (14, 2), (21, 0), (22, 1), (25, 2), (101, 0), (111, 2)],
)
def test_russian_has_three_plural_forms(number: int, form: int) -> None:
    assert plural(number, "ru") == form


@pytest.mark.parametrize(
    ("amount", "unit", "kk", "ru", "en"),
    [
        (1, Unit.WORKING_DAYS, "1_жұмыс күні", "1_рабочий день", "1_working day"),
        (2, Unit.WORKING_DAYS, "2_жұмыс күні", "2_рабочих дня", "2_working days"),
        (5, Unit.WORKING_HOURS, "5_жұмыс сағаты", "5_рабочих часов", "5_working hours"),
        (10, Unit.CALENDAR_DAYS, "10_күнтізбелік күн", "10_календарных дней", "10_calendar days"),
        (24, Unit.CLOCK_HOURS, "24_сағат", "24_часа", "24_hours"),
        (30, Unit.CLOCK_MINUTES, "30_минут", "30_минут", "30_minutes"),
    ],
)
def test_a_limit(amount: int, unit: Unit, kk: str, ru: str, en: str) -> None:
    written = {language: plain(write.format_limit(Limit(amount, unit), language)) for language in ("kk", "ru", "en")}
    assert written == {"kk": kk, "ru": ru, "en": en}


@pytest.mark.parametrize(
    ("length", "kk", "ru", "en"),
    [
        (timedelta(hours=15, minutes=10), "15_сағат кешікті", "просрочено на 15_часов", "15_hours late"),
        (timedelta(hours=47, minutes=59), "47_сағат кешікті", "просрочено на 47_часов", "47_hours late"),
        (timedelta(hours=48), "2_күн кешікті", "просрочено на 2_дня", "2_days late"),
        (timedelta(minutes=1), "1_минут кешікті", "просрочено на 1_минуту", "1_minute late"),
        (timedelta(minutes=22), "22_минут кешікті", "просрочено на 22_минуты", "22_minutes late"),
        (timedelta(hours=1), "1_сағат кешікті", "просрочено на 1_час", "1_hour late"),
    ],
)
def test_how_late(length: timedelta, kk: str, ru: str, en: str) -> None:
    written = {language: plain(write.format_lateness(length, language)) for language in ("kk", "ru", "en")}
    assert written == {"kk": kk, "ru": ru, "en": en}


@pytest.mark.parametrize(
    ("length", "kk", "ru", "en"),
    [
        (timedelta(hours=3), "3_сағат қалды", "осталось 3_часа", "3_hours left"),
        (timedelta(hours=1), "1_сағат қалды", "остался 1_час", "1_hour left"),
        (timedelta(minutes=1), "1_минут қалды", "осталась 1_минута", "1_minute left"),
        (timedelta(days=21), "21_күн қалды", "остался 21_день", "21_days left"),
    ],
)
def test_how_much_is_left(length: timedelta, kk: str, ru: str, en: str) -> None:
    written = {language: plain(write.format_left(length, language)) for language in ("kk", "ru", "en")}
    assert written == {"kk": kk, "ru": ru, "en": en}


def test_how_long_ago() -> None:
    assert plain(write.format_ago(timedelta(minutes=1), "ru")) == "1_минуту назад"
    assert plain(write.format_ago(timedelta(days=3), "kk")) == "3_күн бұрын"
    assert plain(write.format_ago(timedelta(hours=2), "en")) == "2_hours ago"


def test_numbers_and_shares() -> None:
    assert write.format_number(1538, "en") == "1,538"
    assert plain(write.format_number(1234567, "kk")) == "1_234_567"
    assert plain(write.format_number(Decimal("1234567.5"), "ru")) == "1_234_567,5"
    assert plain(write.format_share(Decimal("12.5"), "kk")) == "12,5_%"
    assert write.format_share(Decimal("12.5"), "en") == "12.5%"


def test_a_stamp_for_tables() -> None:
    assert write.format_stamp(moment("2026-03-05 14:05"), "kk") == "05.03.2026, 14:05"
    assert plain(write.format_stamp(moment("2026-03-05 14:05"), "en")) == "5_March 2026, 14:05"


def test_every_unit_and_kind_of_day_has_its_words_in_three_languages() -> None:
    assert set(UNITS) == {*Unit, "days"}
    assert set(DAY_KINDS) == set(Kind)
    assert all(set(words) == {"kk", "ru", "en"} for table in (UNITS, DAY_KINDS) for words in table.values())
