"""An act carries codes, not sentences; this holds it to that."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from arasha.kernel.vault.rules import Scope

ERASE: Final = "erase"
RESTORE: Final = "restore"
CODE = re.compile(r"[A-Za-z0-9_.:/+\-]{0,120}")
VERB = re.compile(r"[a-z][a-z0-9_]{1,59}")


class NotACode(ValueError):
    """A verb or a value that could be a sentence, a name or something else that an act must not hold."""


def checked_verb(verb: str) -> str:
    """Return the verb; NotACode unless it is lower-case words joined by underscores."""
    if not VERB.fullmatch(verb):
        raise NotACode("a verb is lower-case words joined by _")
    return verb


def checked_codes(codes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the codes as JSON values; NotACode names the key whose value is no code (never the value)."""
    return {checked_verb(key): _checked(key, value) for key, value in codes.items()}


def _checked(key: str, value: Any) -> Any:
    """Return one value as JSON; lists and mappings are looked through."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        if not CODE.fullmatch(value):
            raise NotACode(f"the value of {key!r} is no code")
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): _checked(key, inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_checked(key, inner) for inner in (sorted(value) if isinstance(value, set | frozenset) else value)]
    raise NotACode(f"the value of {key!r} is no code")


def erasure_codes(scopes: Iterable[Scope]) -> dict[str, Any]:
    """Return the codes of an act `erase`: what verify accepts as erased by it."""
    return {
        "scopes": sorted(
            ({"kind": scope.kind, "key": str(scope.key), "facet": scope.bit} for scope in scopes),
            key=lambda scope: (scope["kind"], scope["key"], scope["facet"]),
        )
    }
