"""The reader's language."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from arasha.kernel.access.models import Function, Post, Unit
from arasha.kernel.worktime.rules import formats


def language() -> str:
    """Return the reader's language: kk, ru or en."""
    return formats.known(get_language() or "kk")


def said(words: Mapping[str, str]) -> str:
    """Return the reader's language of words that stand in three."""
    return words.get(language()) or words["en"]


def short(moment: datetime, now: datetime) -> str:
    """Return a moment as people say it today."""
    return formats.format_moment(moment, language(), now)


def label(function: Function | None) -> str:
    """Return the function's label in the reader's language."""
    if function is None:
        return ""
    return str(getattr(function, f"label_{language()}", function.label_en))


def who(unit: Unit | None, post: Post | None) -> str:
    """Return post and unit of who did something, empty where nobody did."""
    if unit is None:
        return ""
    return f"{post.title}, {unit.name}" if post else unit.name


def uuid_of(text: str) -> UUID | None:
    """Return the id that a text is; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
