"""Dates, moments, lengths of time and numbers as a reader of kk, ru or en expects them on screens and in documents.

The styles are the glossary's: screens of kk and ru show 05.03.2026, documents 2026 жылғы 5 наурыз and 5 марта
2026 года, sentences the short forms with the month's name. 24-hour clock. A language that is none of the three reads
English.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from arasha.kernel.worktime.rules.limit import Limit
from arasha.kernel.worktime.rules.words import (
    AGO,
    LATE,
    LEFT,
    LEFT_RU,
    MONTHS,
    NEAR,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    counted,
    plural,
)
from arasha.kernel.worktime.rules.zone import local

NBSP = "\u00a0"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(language: str) -> str:
    """Return kk, ru or en for a language code such as `ru-kz`; English for any other."""
    code = language.split("-", maxsplit=1)[0].lower()
    return code if code in MONTHS else "en"


def format_date(day: date, language: str, style: str = "screen") -> str:
    """Write a date. Styles: `screen`, `field` (31.03.2026 for all), `words` (month by name), `document`."""
    language = known(language)
    if style == "field" or (style == "screen" and language != "en"):
        return f"{day:%d.%m.%Y}"
    month = MONTHS[language][day.month - 1]
    if language == "kk":
        year = f"{day.year} жылғы" if style == "document" else f"{day.year}{NBSP}ж."
        return f"{year} {day.day}{NBSP}{month}"
    year_word = f"{NBSP}года" if (language, style) == ("ru", "document") else ""
    return f"{day.day}{NBSP}{month} {day.year}{year_word}"


def format_weekday(day: date, language: str, *, short: bool = False) -> str:
    """Write the day of the week, in two or three letters when `short`."""
    return (SHORT_WEEKDAYS if short else WEEKDAYS)[known(language)][day.weekday()]


def format_day(day: date, language: str) -> str:
    """Write a day of a strip or column: `Sat 21`, `сб 21`."""
    return f"{format_weekday(day, language, short=True)}{NBSP}{day.day}"


def format_time(moment: datetime) -> str:
    """Write the country's clock time of a moment: 18:30."""
    return f"{local(moment):%H:%M}"


def format_moment(moment: datetime, language: str, now: datetime | None = None) -> str:
    """Write a moment in words: `Thursday 26 March 2026, 18:30`; with `now`, near days by their word, this year without.

    The first letter is small in kk and ru: the sentence decides.
    """
    language = known(language)
    day, clock = local(moment).date(), format_time(moment)
    if now is not None:
        word = NEAR[language].get((day - local(now).date()).days)
        if word:
            return f"{word}, {clock}"
    month, weekday = MONTHS[language][day.month - 1], format_weekday(day, language)
    year = "" if now is not None and local(now).year == day.year else str(day.year)
    if language == "kk":
        return f"{year + NBSP + 'ж. ' if year else ''}{day.day}{NBSP}{month}, {weekday}, {clock}"
    comma = "," if language == "ru" else ""
    return f"{weekday}{comma} {day.day}{NBSP}{month}{' ' + year if year else ''}, {clock}"


def format_stamp(moment: datetime, language: str) -> str:
    """Write a moment for tables and receipts: `05.03.2026, 14:05`, in English `5 March 2026, 14:05`."""
    return f"{format_date(local(moment).date(), language)}, {format_time(moment)}"


def format_limit(limit: Limit, language: str) -> str:
    """Write a limit: `1 working day`, `2 рабочих дня`, `5 жұмыс күні`."""
    return counted(limit.amount, limit.unit.value, known(language))


def format_duration(length: timedelta, language: str) -> str:
    """Write a length of time in its largest fitting unit, rounded down: minutes, hours up to 48, then days."""
    return counted(*_measured(length), known(language))


def format_lateness(length: timedelta, language: str) -> str:
    """Say how late something is: `15 hours late`, `15 сағат кешікті`, `просрочено на 15 часов`."""
    language = known(language)
    amount = _in_the_accusative(format_duration(length, language))
    return LATE[language].format(amount=amount)


def format_left(length: timedelta, language: str) -> str:
    """Say how much time is left: `3 hours left`, `3 сағат қалды`, `осталось 3 часа`."""
    language = known(language)
    number, unit = _measured(length)
    amount = counted(number, unit, language)
    if language == "ru":
        if unit == "clock_minutes" and plural(number, "ru") == 0:
            return f"осталась {amount}"
        return LEFT_RU[plural(number, "ru") == 0].format(amount=amount)
    return LEFT[language].format(amount=amount)


def format_ago(length: timedelta, language: str) -> str:
    """Say how long ago something was: `3 hours ago`, `3 сағат бұрын`, `3 часа назад`."""
    language = known(language)
    amount = _in_the_accusative(format_duration(length, language))
    return AGO[language].format(amount=amount)


def format_number(value: int | Decimal, language: str) -> str:
    """Write a number: 1,538.5 in English, 1 538,5 with a no-break space in Kazakh and Russian."""
    text = f"{value:,}"
    return text if known(language) == "en" else text.replace(",", NBSP).replace(".", ",")


def format_share(value: Decimal, language: str) -> str:
    """Write a percentage that is given as a number of per cent: 12.5% or 12,5 %."""
    return format_number(value, language) + ("%" if known(language) == "en" else f"{NBSP}%")


def _in_the_accusative(amount: str) -> str:
    """Return what stands after «на» and before «назад»: of our units only минута has a form of its own."""
    return amount.removesuffix("а") + "у" if amount.endswith("минута") else amount


def _measured(length: timedelta) -> tuple[int, str]:
    length = max(abs(length), timedelta(0))
    if length < HOUR:
        return int(length.total_seconds() // 60), "clock_minutes"
    if length < 2 * DAY:
        return int(length // HOUR), "clock_hours"
    return int(length // DAY), "days"
