"""A row of the flat table as a provider, a site and an offering; and back again. No database, no clock."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final

from django.views.decorators.debug import sensitive_variables

from arasha.services.rules.entries import (
    SITE_HIDDEN,
    EntryFaulty,
    OfferingSaid,
    ProviderSaid,
    SiteSaid,
    check_offering,
    check_provider,
    check_site,
)
from arasha.services.rules.exchange import cells
from arasha.services.rules.exchange.cells import CellFaulty, Places
from arasha.services.rules.lists import COLUMNS, KINDS, is_protected
from arasha.services.rules.package import Service

LONGEST_KEY: Final = 100
NAMES: Final = ("name_kk", "name_ru", "name_en")
# How fields of the entries are called as columns, where that differs.
PROVIDER: Final = {name: f"provider_{name}" for name in (*NAMES, "territory")}
SITE: Final = {name: f"site_{name}" for name in NAMES}
# What of a protected site is never kept.
HIDDEN: Final = frozenset(SITE.get(name, name) for name in SITE_HIDDEN)
READERS: Final[dict[str, Callable[[str], Any]]] = {
    "funded_until": cells.day,
    "ended_on": cells.day,
    "closed_on": cells.day,
    "begins_on": cells.day,
    "ends_on": cells.day,
    "age_from": cells.number,
    "age_to": cells.number,
    "son_to": cells.number,
    "price": cells.number,
    "latitude": cells.degrees,
    "longitude": cells.degrees,
    "around_the_clock": cells.yes,
    "remote": cells.yes,
    "protected": cells.yes,
    "hours": cells.hours,
    **{
        name: (cells.many_of if name in {"languages", "needs", "conditions"} else cells.one_of)(
            next(column.more["codes"] for column in COLUMNS if column.code == name)
        )
        for name in (
            *("kind", "ownership", "step_free", "service", "level", "sexes", "siblings", "with_parent"),
            *("languages", "needs", "conditions", "cost", "status"),
        )
    },
}
NEEDED: Final = [column.code for column in COLUMNS if column.more["needed"] == "yes"]
# What is said of a column rests on these, too.
RESTS_ON: Final = {
    "age_to": ("age_from",),
    "ends_on": ("begins_on",),
    "latitude": ("longitude",),
    "longitude": ("latitude",),
    "price": ("cost",),
}
Faults = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """A row that can be entered; the keys are the other system's."""

    provider_key: str
    site_key: str
    offering_key: str
    provider: ProviderSaid
    site: SiteSaid
    offering: OfferingSaid


def is_hidden(said: Mapping[str, str]) -> bool:
    """Say whether a row may be a refuge's: its kind is protected or not known, or it says so itself, however badly."""
    try:
        kind = READERS["kind"](said.get("kind", ""))
        return is_protected(kind) or (bool(said.get("protected")) and cells.yes(said["protected"]))
    except CellFaulty:
        return True


def knows_kind(said: Mapping[str, str]) -> bool:
    """Say whether the kind of the organisation can be read."""
    try:
        return READERS["kind"](said.get("kind", "")) in KINDS
    except CellFaulty:
        return False


@sensitive_variables()
def read(
    said: Mapping[str, str], *, places: Places, services: Mapping[str, Service], place: str
) -> tuple[Entry | None, Faults]:
    """Return what a row enters, or (column, fault) pairs; nothing outside the territory `place` is entered."""
    values, faults = _values(said, places)
    keys = _keys(said, values)
    faults += [(name, "too_long") for name, key in keys.items() if len(key) > LONGEST_KEY]
    faults += [(name, "missing") for name in NEEDED if not said.get(name)]
    broken = {name for name, _code in faults}
    where = [name for name in ("territory", "provider_territory") if name in values]
    faults += [(name, "not_yours") for name in where if not places.inside(values[name], place)]
    # Without these nothing else of the row can be judged.
    if broken & {*NEEDED, "protected"}:
        return None, faults
    entry, problems = _checked(_entry(keys, values, services), values, services)
    # A cell that can't be read is told of once, and nothing is said that only follows from its absence.
    faults += [(name, code) for name, code in problems if not broken & {name, *RESTS_ON.get(name, ())}]
    return (None if faults else entry), list(dict.fromkeys(faults))


@sensitive_variables()
def _checked(entry: Entry, values: Mapping[str, Any], services: Mapping[str, Service]) -> tuple[Entry, Faults]:
    """Return an entry as it is kept, and what can't stand in it."""
    faults: Faults = []
    try:
        check_provider(entry.provider)
    except EntryFaulty as problem:
        faults += _named(problem, PROVIDER, values)
    try:
        entry = replace(entry, site=check_site(entry.site))
    except EntryFaulty as problem:
        faults += _named(problem, SITE, values)
    try:
        at, hidden = entry.site.territory, entry.site.protected
        said_of = check_offering(entry.offering, services=services, protected=hidden, site_territory=at)
        entry = replace(entry, offering=said_of)
    except EntryFaulty as problem:
        faults += _named(problem, {}, values)
    return entry, faults


@sensitive_variables()
def _values(said: Mapping[str, str], places: Places) -> tuple[dict[str, Any], Faults]:
    values: dict[str, Any] = {}
    faults: Faults = []
    for name, text in said.items():
        if not text:
            continue
        try:
            if name in {"territory", "provider_territory"}:
                values[name] = places.code(text)
            elif name == "served":
                values[name] = tuple(places.code(part.strip()) for part in text.replace(",", ";").split(";") if part)
            else:
                values[name] = READERS.get(name, str)(text)
        except CellFaulty as problem:
            faults.append((name, problem.code))
    return values, faults


def _keys(said: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return the three keys: a site without one is its provider's only, an offering its site's only one of its kind."""
    provider = said.get("provider_key", "")
    site = said.get("site_key", "") or provider
    return {
        "provider_key": provider,
        "site_key": site,
        "offering_key": said.get("offering_key", "") or f"{site}/{values.get('service', '')}"[:LONGEST_KEY],
    }


@sensitive_variables()
def _entry(keys: Mapping[str, str], values: dict[str, Any], services: Mapping[str, Service]) -> Entry:
    protected = is_protected(values["kind"]) or values.get("protected", False)
    values = {"level": _level(values, services)} | values | {"protected": protected}
    provider = _some(ProviderSaid, values, PROVIDER)
    provider.setdefault("territory", values["territory"])
    return Entry(
        **keys,
        provider=ProviderSaid(**provider),
        site=SiteSaid(**_some(SiteSaid, values, SITE)),
        offering=OfferingSaid(**_some(OfferingSaid, values, {})),
    )


def _level(values: Mapping[str, Any], services: Mapping[str, Service]) -> str:
    found = services.get(values["service"])
    return found.level if found else ""


def _some(said: Any, values: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    return {name: values[column] for name, column in _columns(said, tuple(named.items())) if column in values}


@cache
def _columns(said: Any, named: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(one.name, dict(named).get(one.name, one.name)) for one in fields(said)]


def _named(problem: EntryFaulty, named: Mapping[str, str], values: Mapping[str, Any]) -> Faults:
    """Return an entry's faults by column; places that are not said are the site's, which is told of once."""
    found = [(named.get(fault.field, fault.field), fault.code) for fault in problem.faults]
    found = [(name, code) for name, code in found if name != "served" or "served" in values]
    return [
        ("territory" if name == "provider_territory" and name not in values else name, code) for name, code in found
    ]


def differing(said: Any, row: Any, *, given: Iterable[str], named: Mapping[str, str]) -> dict[str, Any]:
    """Return what an entry says otherwise than the row has it, among the columns that the table has."""
    columns = set(given)
    found = {}
    kind: Any = type(said)
    for name, column in _columns(kind, tuple(named.items())):
        if column not in columns:
            continue
        attribute = "territory_id" if name == "territory" else name
        new, old = getattr(said, name), getattr(row, attribute)
        if _plain(new) != _plain(old):
            found[attribute] = new
    return found


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def texts(values: Mapping[str, Any]) -> list[str]:
    """Return the cells of a row in the table's order, as `read` reads them."""
    return [_text(column.code, values.get(column.code)) for column in COLUMNS]


def _text(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "hours":
        return cells.hours_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
