"""The demonstration's directory of services: made-up providers with their sites and what each offers.

A room of `web` alone, beside `demonstration`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.services.actions import add_offering, add_provider, add_site, confirm_offering
from arasha.services.rules import OfferingSaid, ProviderSaid, SiteSaid, service

WEEKDAYS = range(5)
HOURS: dict[str, list[list[object]]] = {
    "day": [[day, "09:00", "18:00"] for day in WEEKDAYS],
    "long": [*([day, "08:00", "20:00"] for day in WEEKDAYS), [5, "09:00", "14:00"]],
}


def enter_directory(*, actor: Actor, plan: Iterable[Mapping[str, Any]], now: datetime) -> int:
    """Enter the providers of a plan as system work; returns how many offerings there are now."""
    count = 0
    for said in plan:
        with transaction.atomic():
            count += _enter(actor, said, now)
    return count


def _enter(actor: Actor, said: Mapping[str, Any], now: datetime) -> int:
    days = said.get("funded_days")
    provider = add_provider(
        actor=actor,
        said=ProviderSaid(
            name_kk=said["kk"],
            name_ru=said.get("ru", ""),
            name_en=said.get("en", ""),
            kind=said["kind"],
            ownership=said["ownership"],
            territory=said["territory"],
            funded_until=local(now).date() + timedelta(days=days) if days else None,
        ),
        now=now,
    )
    site = add_site(actor=actor, provider_id=provider, said=_site(said), now=now)
    for offered in said["offerings"]:
        offering = add_offering(actor=actor, site_id=site, said=_offering(offered, said["territory"], now), now=now)
        confirm_offering(actor=actor, offering_id=offering, now=now - timedelta(days=said["asked"]))
    return len(said["offerings"])


def _site(said: Mapping[str, Any]) -> SiteSaid:
    address_kk, address_ru = said.get("address", ("", ""))
    latitude, longitude = said.get("point", (None, None))
    return SiteSaid(
        protected=said.get("protected", False),
        territory=said["territory"],
        address_kk=address_kk,
        address_ru=address_ru,
        latitude=Decimal(latitude) if latitude else None,
        longitude=Decimal(longitude) if longitude else None,
        phone=said["phone"],
        around_the_clock=said.get("hours") == "always",
        hours=HOURS.get(said.get("hours", ""), []),
    )


def _offering(said: Mapping[str, Any], place: str, now: datetime) -> OfferingSaid:
    told = dict(said)
    age_from, age_to = told.pop("ages")
    told.setdefault("served", [place])
    level = service(told["service"], local(now).date()).level
    return OfferingSaid(level=level, age_from=age_from, age_to=age_to, **told)
