"""What is said of a provider, a site and an offering, checked field by field: for forms, files and proposals alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from arasha.kernel.territory.rules import NATION, region_code
from arasha.services.rules.hours import HoursFaulty, checked
from arasha.services.rules.lists import (
    CONDITIONS,
    COSTS,
    KINDS,
    KNOWN,
    LANGUAGES,
    LEVELS,
    NEEDS,
    OWNERSHIPS,
    SEXES,
    is_protected,
)
from arasha.ui.rules import CodeList
from arasha.ui.rules.phones import NotAPhone, normal

STATUSES = frozenset({"open", "paused", "closed"})
NAME_LENGTH, ADDRESS_LENGTH, SOURCE_LENGTH, LINK_LENGTH = 300, 500, 300, 300
SITE_HIDDEN = ("name_kk", "name_ru", "name_en", "address_kk", "address_ru", "mail", "web", "latitude", "longitude")


T = TypeVar("T", "SiteSaid", "OfferingSaid")


@dataclass(frozen=True)
class Fault:
    """A field whose value is not taken, and why, as codes."""

    field: str
    code: str


class EntryFaulty(ValueError):
    """Something that was said can't be taken; `faults` names each field."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in self.faults))


@dataclass(frozen=True, kw_only=True)
class ProviderSaid:
    """A provider as somebody enters it. Names may lack a language but not all three."""

    name_kk: str = ""
    name_ru: str = ""
    name_en: str = ""
    kind: str
    ownership: str
    territory: str
    funded_until: date | None = None
    source: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SiteSaid:
    """A site as somebody enters it."""

    protected: bool = False
    name_kk: str = ""
    name_ru: str = ""
    name_en: str = ""
    territory: str
    address_kk: str = ""
    address_ru: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    phone: str = ""
    mail: str = ""
    web: str = ""
    around_the_clock: bool = False
    hours: Sequence[Sequence[object]] = ()
    step_free: str = "unknown"
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OfferingSaid:
    """An offering as somebody enters it."""

    service: str
    level: str
    age_from: int = 0
    age_to: int = 120
    sexes: str = "all"
    siblings: str = "unknown"
    with_parent: str = "unknown"
    son_to: int | None = None
    languages: Sequence[str] = ()
    needs: Sequence[str] = ()
    conditions: Sequence[str] = ()
    served: Sequence[str] = field(default=())
    cost: str = "unknown"
    price: int | None = None
    remote: bool = False
    status: str = "open"
    begins_on: date | None = None
    ends_on: date | None = None


def check_provider(said: ProviderSaid) -> None:
    """Raise EntryFaulty where a provider can't be as it is said."""
    faults = [
        *_one_of(said, kind=KINDS, ownership=OWNERSHIPS),
        *_short(said, NAME_LENGTH, "name_kk", "name_ru", "name_en"),
        *_short(said, SOURCE_LENGTH, "source"),
        *_when(not (said.name_kk or said.name_ru or said.name_en), "name_kk", "missing"),
    ]
    if said.kind in KINDS and is_protected(said.kind) and region_code(said.territory) != said.territory:
        faults.append(Fault("territory", "protected_is_a_region"))
    _raise(faults)


def check_site(said: SiteSaid) -> SiteSaid:
    """Return the site with its telephone and hours as they are kept. Raises EntryFaulty."""
    faults = [
        *_one_of(said, step_free=KNOWN),
        *_short(said, NAME_LENGTH, "name_kk", "name_ru", "name_en"),
        *_short(said, ADDRESS_LENGTH, "address_kk", "address_ru"),
        *_short(said, LINK_LENGTH, "mail", "web"),
        *_when(bool(said.web) and not said.web.startswith(("https://", "http://")), "web", "no_address"),
        *_when((said.latitude is None) != (said.longitude is None), "longitude", "missing"),
    ]
    if said.latitude is not None and said.longitude is not None:
        inside = Decimal("40.5") <= said.latitude <= Decimal("55.5") and Decimal("46.4") <= said.longitude <= Decimal(
            "87.4"
        )
        faults += _when(not inside, "latitude", "outside_the_country")
    if said.protected:
        faults += [Fault(name, "protected_keeps_none") for name in SITE_HIDDEN if getattr(said, name) not in ("", None)]
        faults += _when(
            said.territory == NATION or region_code(said.territory) != said.territory,
            "territory",
            "protected_is_a_region",
        )
        faults += _when(not said.phone, "phone", "missing")
    phone, hours = said.phone, said.hours
    try:
        phone = normal(said.phone) if said.phone else ""
    except NotAPhone:
        faults.append(Fault("phone", "no_phone"))
    try:
        hours = checked(said.hours)
    except HoursFaulty:
        faults.append(Fault("hours", "no_hours"))
    _raise(faults)
    return _changed(said, phone=phone, hours=hours)


def check_offering(
    said: OfferingSaid, *, services: Iterable[str], protected: bool, site_territory: str
) -> OfferingSaid:
    """Return the offering as it is kept; `served` empty becomes the site's own territory. Raises EntryFaulty."""
    served = tuple(dict.fromkeys(said.served)) or (site_territory,)
    faults = [
        *_one_of(said, level=LEVELS, sexes=SEXES, siblings=KNOWN, with_parent=KNOWN, cost=COSTS),
        *_all_of(said, languages=LANGUAGES, needs=NEEDS, conditions=CONDITIONS),
        *_when(said.service not in frozenset(services), "service", "unknown"),
        *_when(said.status not in STATUSES, "status", "unknown"),
        *_when(not 0 <= said.age_from <= said.age_to <= 120, "age_to", "no_ages"),
        *_when(said.son_to is not None and not 0 <= said.son_to <= 120, "son_to", "no_ages"),
        *_when(said.price is not None and (said.price < 0 or said.cost not in {"part", "paid"}), "price", "no_price"),
        *_when(bool(said.begins_on and said.ends_on and said.ends_on < said.begins_on), "ends_on", "before_it_begins"),
    ]
    if protected:
        finer = any(region_code(code) != code for code in served if code != NATION) or NATION in served
        faults += _when(finer, "served", "protected_is_a_region")
    _raise(faults)
    lists = {name: tuple(dict.fromkeys(getattr(said, name))) for name in ("languages", "needs", "conditions")}
    return _changed(said, served=served, **lists)


def _changed(said: T, **values: Any) -> T:
    return type(said)(**{one.name: getattr(said, one.name) for one in fields(said)} | values)


def _one_of(said: object, **lists: CodeList) -> list[Fault]:
    return [Fault(name, "unknown") for name, codes in lists.items() if getattr(said, name) not in codes]


def _all_of(said: object, **lists: CodeList) -> list[Fault]:
    return [
        Fault(name, "unknown")
        for name, codes in lists.items()
        if any(code not in codes for code in getattr(said, name))
    ]


def _short(said: object, most: int, *names: str) -> list[Fault]:
    return [Fault(name, "too_long") for name in names if len(getattr(said, name)) > most]


def _when(wrong: bool, name: str, code: str) -> list[Fault]:
    return [Fault(name, code)] if wrong else []


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise EntryFaulty(faults)
