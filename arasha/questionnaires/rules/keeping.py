"""What is half written: one part of a form's answers taken out, put back, and compared with what somebody saw."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from arasha.questionnaires.rules.form import Answers

LONGEST = 2_000_000  # characters of a whole draft; the engine bounds single answers


class TooLong(ValueError):
    """The draft is larger than anything that people write."""


def value_at(answers: Answers, at: str) -> Any:
    """Return what stands at a node's key ("health/sleep"; "" is everything), or None."""
    value: Any = answers
    for name in at.split("/") if at else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def with_value(answers: Answers, at: str, value: Any) -> dict[str, Any]:
    """Return the answers with another value at a node's key; None takes it out."""
    if not at:
        return dict(value or {})
    name, _slash, rest = at.partition("/")
    changed: dict[str, Any] = dict(answers)
    if rest:
        below = changed.get(name)
        value = with_value(below if isinstance(below, Mapping) else {}, rest, value)
    if value in (None, "", {}, []):
        changed.pop(name, None)
    else:
        changed[name] = value
    return changed


def digest(value: Any) -> str:
    """Return a short mark of what a page was drawn from. Nothing said and nothing there are one."""
    text = json.dumps(without_empty(value) or None, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def without_empty(value: Any) -> Any:
    """Return answers without what says nothing. Times of a repeat keep their places."""
    if isinstance(value, Mapping):
        kept = {name: without_empty(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", {}, [])}
    if isinstance(value, list | tuple):
        return [without_empty(one) for one in value]
    return value


def to_text(answers: Answers) -> str:
    """Return answers as what is sealed. Raises TooLong."""
    text = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    if len(text) > LONGEST:
        raise TooLong
    return text
