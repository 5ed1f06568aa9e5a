"""How people type answers, and how a record holds them."""

import re
from datetime import date

TYPED_DAY = re.compile(r"(\d{1,2})[.,/\- ](\d{1,2})[.,/\- ](\d{4})", re.ASCII)
TYPED_MOMENT = re.compile(r"(\S+(?: \d+ \d+)?)[ T,]+(\d{1,2})[:.](\d{2})(?::\d{2}.*)?", re.ASCII)
TYPED_TIME = re.compile(r"(\d{1,2})[:.\- ](\d{2})(?::\d{2}.*)?", re.ASCII)
HELD_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*", re.ASCII)
SPACES = re.compile(r"[\s\u00a0]+")


def as_held(kind: str, typed: str) -> str:
    """Return what was typed as a record holds it; what can't be read stays as it was typed, to be put right."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if kind == "integer":
        return SPACES.sub("", text).replace("−", "-")
    if kind == "decimal":
        return SPACES.sub("", text).replace(",", ".").replace("−", "-")
    if kind in {"date", "datetime", "time"}:
        return {"date": _day, "datetime": _moment, "time": _time}[kind](text)
    return text


def _day(text: str) -> str:
    if not (found := TYPED_DAY.fullmatch(text)):
        return text
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return text


def _time(text: str) -> str:
    found = TYPED_TIME.fullmatch(text)
    return f"{int(found[1]):02}:{found[2]}" if found else text


def _moment(text: str) -> str:
    if not (found := TYPED_MOMENT.fullmatch(text)):
        return text
    return f"{_day(found[1])}T{int(found[2]):02}:{found[3]}"


def as_typed(kind: str, held: str) -> str:
    """Return what a record holds as people type it."""
    if kind == "date" and len(held) == len("2026-03-31"):
        return _typed_day(held)
    if kind == "datetime" and (found := HELD_MOMENT.fullmatch(held)):
        return f"{_typed_day(found[1])} {found[2]}"
    if kind == "time" and (found := TYPED_TIME.fullmatch(held)):
        return f"{int(found[1]):02}:{found[2]}"
    return held


def _typed_day(held: str) -> str:
    try:
        return f"{date.fromisoformat(held):%d.%m.%Y}"
    except ValueError:
        return held
