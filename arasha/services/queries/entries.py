"""The entries of the directory as their keepers read them, and what a form needs to write over them."""

import hashlib
import json
from dataclasses import fields
from typing import TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from arasha.kernel.access.rules import Actor, NotThere
from arasha.services import policy
from arasha.services.models import Offering, Provider, Site
from arasha.services.rules import OfferingSaid, ProviderSaid, SiteSaid

M = TypeVar("M", Offering, Site, Provider)


def provider(actor: Actor, provider_id: UUID) -> Provider:
    """Return a provider with its body. Raises NotThere."""
    return _there(policy.visible_providers(actor).filter(pk=provider_id).first())


def site(actor: Actor, site_id: UUID) -> Site:
    """Return a site with its provider and body. Raises NotThere."""
    return _there(policy.visible_sites(actor).filter(pk=site_id).first())


def offering(actor: Actor, offering_id: UUID) -> Offering:
    """Return an offering with its site, provider and body. Raises NotThere."""
    return _there(policy.visible_to(actor).filter(pk=offering_id).first())


def _there(row: M | None) -> M:
    if row is None:
        raise NotThere
    return row


def revision(row: Offering | Site | Provider) -> str:
    """Return a mark of an entry as it stands: who changes it says which one they had before their eyes."""
    values = {name: getattr(row, name) for name in sorted(row.Journal.classes)}
    text = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def provider_said(row: Provider) -> ProviderSaid:
    """Return a provider as it could be entered."""
    names = {name: getattr(row.body, name) for name in ("name_kk", "name_ru", "name_en")}
    own = {name: getattr(row, name) for name in ("kind", "ownership", "funded_until", "source", "ended_on")}
    return ProviderSaid(**names, territory=row.body.territory_id, **own)


def site_said(row: Site) -> SiteSaid:
    """Return a site as it could be entered."""
    own = {one.name: getattr(row, one.name) for one in fields(SiteSaid) if one.name != "territory"}
    return SiteSaid(territory=row.territory_id, **own)


def offering_said(row: Offering) -> OfferingSaid:
    """Return an offering as it could be entered."""
    return OfferingSaid(**{one.name: getattr(row, one.name) for one in fields(OfferingSaid)})
