"""What a proposal may say, and how it is read: as if whoever wrote it meant harm."""

import hashlib
import secrets
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from arasha.services.rules.entries import ADDRESS_LENGTH, LINK_LENGTH, STATUSES, OfferingSaid, SiteSaid
from arasha.services.rules.hours import HoursFaulty, checked
from arasha.services.rules.lists import CONDITIONS, COSTS, KNOWN, LANGUAGES, SEXES
from arasha.ui.rules.phones import NotAPhone, normal

# 128 random bits: nobody finds a link by trying.
TOKEN_BYTES: Final = 16
LINK_LASTS: Final = timedelta(days=30)
REST: Final = "rest"
PHONE: Final = "site:phone"
SITE: Final = ("phone", "around_the_clock", "hours", "address_kk", "address_ru", "mail", "web")
PROTECTED_SITE: Final = ("phone", "around_the_clock", "hours")
OFFERING: Final = (
    *("status", "age_from", "age_to", "sexes", "with_parent", "son_to", "siblings"),
    *("languages", "conditions", "cost", "price"),
)
LENGTHS: Final = {"address_kk": ADDRESS_LENGTH, "address_ru": ADDRESS_LENGTH, "mail": LINK_LENGTH, "web": LINK_LENGTH}
LISTS: Final = {"languages": LANGUAGES, "conditions": CONDITIONS}
CODES: Final[Mapping[str, Container[object]]] = {
    "sexes": SEXES,
    "with_parent": KNOWN,
    "siblings": KNOWN,
    "cost": COSTS,
    "status": STATUSES,
}
HIGHEST: Final = {"age_from": 120, "age_to": 120, "son_to": 120, "price": 100_000_000}


@dataclass(frozen=True)
class Change:
    """One line of a proposal: of the site (`offering` is None) or of an offering, which field, and to what."""

    offering: UUID | None
    name: str
    value: Any

    @property
    def field(self) -> str:
        """Return the line's name, as decisions bear it."""
        return f"{self.offering or 'site'}:{self.name}"


@dataclass(frozen=True)
class Read:
    """A proposal as far as it can be read; `odd`: something in it could not."""

    changes: tuple[Change, ...]
    odd: bool


def new_token() -> str:
    """Return a fresh token of a link, as it stands in its address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def site_fields(*, protected: bool) -> tuple[str, ...]:
    """Return what of a site may be proposed: of a protected one nothing that says where it is."""
    return PROTECTED_SITE if protected else SITE


def differing(before: SiteSaid | OfferingSaid, after: SiteSaid | OfferingSaid, names: Sequence[str]) -> dict[str, Any]:
    """Return those of the fields in which two entries differ, with the later one's values."""
    found = {}
    for name in names:
        old, new = _plain(getattr(before, name)), _plain(getattr(after, name))
        if old != new:
            found[name] = new
    return found


def read(said: object, *, protected: bool, offerings: Collection[UUID]) -> Read:
    """Return the changes that a proposal holds; whatever is no value of its field is left out.

    `offerings`: those of the site. What is read here is a value that a form could bring, no more: whether the entry can
    be so is asked when a keeper takes it.
    """
    changes, odd = [], not isinstance(said, dict)
    if isinstance(said, dict):
        odd = bool(said.keys() - {"site", "offerings"})
        for offering, name, value in _lines(said, {str(one): one for one in offerings}):
            allowed = OFFERING if offering else site_fields(protected=protected)
            try:
                if name not in allowed:
                    raise ValueError(name)
                changes.append(Change(offering, name, _value(name, value)))
            except (ValueError, TypeError):
                odd = True
        site, known = said.get("site", {}), said.get("offerings", {})
        odd |= not isinstance(site, dict) or not isinstance(known, dict)
        odd |= isinstance(known, dict) and bool(known.keys() - {str(one) for one in offerings})
    return Read(tuple(changes), odd)


def _lines(said: Mapping[str, Any], offerings: Mapping[str, UUID]) -> Iterator[tuple[UUID | None, str, Any]]:
    site, each = said.get("site"), said.get("offerings")
    if isinstance(site, dict):
        yield from ((None, name, value) for name, value in site.items())
    if isinstance(each, dict):
        for key, offering in offerings.items():
            values = each.get(key)
            if isinstance(values, dict):
                yield from ((offering, name, value) for name, value in values.items())


def _value(name: str, value: Any) -> Any:
    """Return the value as an entry keeps it. Raises ValueError for one that the field can't have."""
    if name == "around_the_clock":
        return _that(isinstance(value, bool), value)
    if name in HIGHEST:
        whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST[name]
        return _that(whole or (value is None and name in {"son_to", "price"}), value)
    if name in LISTS:
        codes = isinstance(value, list) and all(isinstance(one, str) and one in LISTS[name] for one in value)
        return _that(codes and len(value) <= len(list(LISTS[name])), value)
    return _hours(value) if name == "hours" else _text(name, value)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    if name in CODES:
        _that(value in CODES[name], value)
        return value
    if name == "phone":
        return _phone(value)
    _that(len(value) <= LENGTHS[name] and value.isprintable() and _is_link(name, value), value)
    return value.strip()


def _that(so: bool, value: Any) -> Any:
    if not so:
        raise ValueError
    return value


def _is_link(name: str, value: str) -> bool:
    """Say whether a text may stand in its field: a page begins as one, and nothing else holds one."""
    if name == "web":
        return value == "" or value.startswith(("https://", "http://"))
    return "://" not in value and "<" not in value


def _hours(value: Any) -> list[list[object]]:
    if not isinstance(value, list) or len(value) > 21:
        raise ValueError
    try:
        return checked(value)
    except HoursFaulty as error:
        raise ValueError from error


def _phone(value: str) -> str:
    try:
        return normal(value) if value else ""
    except NotAPhone as error:
        raise ValueError from error


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
