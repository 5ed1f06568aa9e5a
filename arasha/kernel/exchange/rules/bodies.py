"""Bodies of requests: JSON read strictly, so that no two readers of the same bytes understand different things."""

import json
from typing import Any, Final

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 16
MOST_VALUES: Final = 20_000


class NotJson(ValueError):
    """The body is not what RFC 8259 calls JSON, or says the same name twice, or nests too deep."""


class TooLarge(ValueError):
    """The body is longer than a report can be."""


def read_json(body: bytes) -> Any:
    """Return what a body says. Raises NotJson, TooLarge.

    Stricter than Python: UTF-8 without a mark at its start, no NaN or Infinity, no number outside 64 bits, no name
    twice in one object, no lone surrogates, no more than 16 levels.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge
    try:
        text = body.decode("utf-8")
        if text.startswith("\ufeff") or _too_deep(text):
            raise NotJson
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=_integer, parse_float=_float
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate has no bytes
    except (ValueError, RecursionError):
        raise NotJson from None
    return value


def _too_deep(text: str) -> bool:
    """Say whether brackets outside strings nest deeper than any body of ours, or are too many, before a parser runs."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = opened = 0
    quoted = escaped = False
    for sign in text:
        if quoted:
            quoted, escaped = escaped or sign != '"', sign == "\\" and not escaped
        elif sign == '"':
            quoted, escaped = True, False
        elif sign in "[{":
            depth, opened = depth + 1, opened + 1
            if depth > DEEPEST or opened > MOST_VALUES:
                return True
        elif sign in "]}":
            depth -= 1
    return False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson
    return found


def _refuse(_word: str) -> Any:
    raise NotJson


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) >= 2**63:
        raise NotJson
    return int(digits)


def _float(digits: str) -> float:
    found = float(digits)
    if len(digits) > 64 or found in (float("inf"), float("-inf")):
        raise NotJson
    return found
