"""What an expression's values are, and how one kind becomes another, as JavaRosa does it.

A value is a text, a number (always a float), a truth, or a moment: a datetime in Kazakhstan's time, since a form's
dates are days on a wall calendar there. An absent answer is the empty text.
"""

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TypeAlias

from babel.dates import format_date as babel_date

from arasha.kernel.worktime.rules import ZONE
from arasha.questionnaires.rules.problems import Uncountable

Value: TypeAlias = str | float | bool | datetime
NAN = math.nan
EPOCH = date(1970, 1, 1)
START = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400_000
NEARLY = 1e-12
INTEGRAL = 1e-9
SMALLEST_INT, LARGEST_INT = -(2**31), 2**31 - 1
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
DATE = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{1,2})", re.ASCII)
TIME = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{1,2}(?::?\d{2})?)?", re.ASCII)
PLAIN_FROM, PLAIN_TO = 1e-3, 1e7


def to_number(value: Value) -> float:
    """Return the number that a value is; what is none is not a number (NaN). A moment counts days since 1970."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, datetime):
        return float((value.date() - EPOCH).days)
    word = value.replace(",", ".").strip()
    return float(word) if NUMBER.fullmatch(word) else NAN


def to_truth(value: Value) -> bool:
    """Return whether a value counts as true: numbers but zero, texts but the empty one, every moment."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return abs(value) > NEARLY and not math.isnan(value)
    return value != ""


def to_text(value: Value) -> str:
    """Return how a value reads inside an expression."""
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.date().isoformat() if isinstance(value, datetime) else value


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if abs(number) < NEARLY:
        return "0"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    whole = int(max(SMALLEST_INT, min(LARGEST_INT, number)))
    return str(whole) if abs(number - whole) < NEARLY else plain(number)


def plain(number: float) -> str:
    """Write a number as Java does: plainly between a thousandth and ten millions, else with a power of ten."""
    if number == 0 or PLAIN_FROM <= abs(number) < PLAIN_TO:
        return repr(float(Decimal(repr(number)))) if "e" not in repr(number) else format(Decimal(repr(number)), "f")
    sign, digits, exponent = Decimal(repr(number)).as_tuple()
    power = len(digits) - 1 + int(exponent)
    after = "".join(map(str, digits[1:])).rstrip("0") or "0"
    return f"{'-' if sign else ''}{digits[0]}.{after}E{power}"


def written(value: Value, kind: str) -> str:
    """Return how a computed value stands in a record, for a question of a kind; what is no number stands empty."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _number_written(value, kind)
    if isinstance(value, datetime):
        clock = value.isoformat(timespec="milliseconds")
        return {"date": clock[:10], "time": clock[11:]}.get(kind, clock)
    return value


def _number_written(number: float, kind: str) -> str:
    if math.isnan(number):
        return ""
    if kind == "integer":
        return str(int(max(SMALLEST_INT, min(LARGEST_INT, number))))
    if math.isinf(number):
        return to_text(number)
    return str(int(number)) if abs(number - int(number)) < INTEGRAL else plain(number)


def to_moment(value: Value, keeps_time: bool) -> Value:
    """Return a value's moment; the empty text and what is no number stay what they are.

    Raises:
        Uncountable: there is no such day.
    """
    if isinstance(value, datetime):
        return value if keeps_time else midnight(value.date())
    if isinstance(value, str):
        if not value:
            return value
        if (moment := parse_moment(value)) is not None:
            return moment
    elif isinstance(value, float):
        return value if math.isnan(value) else _after_epoch(value, keeps_time)
    raise Uncountable(value)


def _after_epoch(days: float, keeps_time: bool) -> datetime:
    try:
        if keeps_time:
            return (START + timedelta(milliseconds=int(days * DAY))).astimezone(ZONE)
        return midnight(EPOCH + timedelta(days=int(days)))
    except OverflowError as impossible:
        raise Uncountable(days) from impossible


def to_days(value: Value) -> Value:
    """Return days and their fraction since 1970 (UTC); the empty text and what is no number stay what they are."""
    moment = value if isinstance(value, float) else to_moment(value, keeps_time=True)
    return (moment - START).total_seconds() / 86_400 if isinstance(moment, datetime) else moment


def midnight(day: date) -> datetime:
    """Return the beginning of a day in Kazakhstan."""
    return datetime.combine(day, time(), ZONE)


def parse_date(text: str) -> date | None:
    """Return the day that a text names as year, month, day."""
    if not (found := DATE.fullmatch(text)):
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def parse_clock(text: str, day: date) -> datetime | None:
    """Return the moment of a day that a text names as hours, minutes, maybe seconds and an offset from UTC."""
    if not (found := TIME.fullmatch(text)):
        return None
    hour, minute, second, fraction, offset = found.groups()
    try:
        wall = time(int(hour), int(minute), int(second or 0), int((fraction or "0").ljust(6, "0")))
    except ValueError:
        return None
    moment = datetime.combine(day, wall, ZONE)
    if not offset:
        return moment
    try:
        return moment.replace(tzinfo=_zone(offset)).astimezone(ZONE)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    length = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-length if offset[0] == "-" else length)


def parse_moment(text: str) -> datetime | None:
    """Return the moment that a text names: a day, or a day, "T" and a time."""
    day, _, clock = text.partition("T")
    if (found := parse_date(day)) is None:
        return None
    return parse_clock(clock, found) if clock else midnight(found)


def formatted(moment: datetime, pattern: str, language: str) -> str:
    """Return a moment as a pattern of `format-date` says, months and days of the week in a language."""
    words = {
        "Y": f"{moment.year:04}", "y": f"{moment.year:04}"[-2:], "m": f"{moment.month:02}", "n": str(moment.month),
        "d": f"{moment.day:02}", "e": str(moment.day), "H": f"{moment.hour:02}", "h": str(moment.hour),
        "M": f"{moment.minute:02}", "S": f"{moment.second:02}", "3": f"{moment.microsecond // 1000:03}", "%": "%",
    }  # fmt: skip
    letters = iter(pattern)
    return "".join(_word(next(letters, ""), words, moment, language) if each == "%" else each for each in letters)


def _word(letter: str, words: dict[str, str], moment: datetime, language: str) -> str:
    if letter in {"a", "b"}:
        return babel_date(moment, {"a": "ccc", "b": "LLL"}[letter], language or "en")
    return words.get(letter, "")
