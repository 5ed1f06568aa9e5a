"""Offerings: entered, changed, asked about again."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.services import policy, queries
from arasha.services.actions.writing import act, check_seen, put, write
from arasha.services.models import Offering, Site
from arasha.services.rules import OfferingSaid, check_offering, package


def add_offering(
    *, actor: Actor, site_id: UUID, said: OfferingSaid, now: datetime, offering_id: UUID | None = None
) -> UUID:
    """Enter what a site offers. Sent twice with one `offering_id` it is entered once.

    Nobody has verified it yet: whoever asked there says so with `confirm_offering`.

    Raises:
        EntryFaulty: what is said can't be taken; the service must stand in the package of the day.
        NotAllowed: the actor does not keep the directory at the site.
        NotThere: there is no such site for the actor.
    """
    site = queries.site(actor, site_id)
    policy.require_keeping(actor, site.territory_id)
    said = _checked(said, site, now)
    entered = offering_id or uuid4()
    if policy.visible_to(actor).filter(pk=entered).exists():
        return entered
    with (
        transaction.atomic(),
        act("add_offering", site.provider.body_id, now, site=site.pk, offering=entered, service=said.service),
    ):
        put(Offering(id=entered, site_id=site.pk, protected=site.protected, **asdict(said)))
    return entered


def change_offering(*, actor: Actor, offering_id: UUID, said: OfferingSaid, now: datetime, seen: str = "") -> None:
    """Change what is offered, pause or close it.

    Raises:
        EntryFaulty: what is said can't be taken.
        NotAllowed: the actor does not keep the directory at the site.
        NotThere: there is no such offering for the actor.
        ChangedMeanwhile: it no longer stands as it was `seen`.
    """
    with transaction.atomic():
        row = queries.offering(actor, offering_id)
        policy.require_keeping(actor, row.site.territory_id)
        said = _checked(said, row.site, now, stands=row.service)
        rows = Offering.objects.filter(pk=row.pk)
        check_seen(rows.select_for_update().get(), seen)
        with act("change_offering", row.site.provider.body_id, now, offering=row.pk):
            write(rows, **asdict(said))


def confirm_offering(*, actor: Actor, offering_id: UUID, now: datetime) -> None:
    """Say that somebody asked there today and that all of the entry is so; it is fresh for six months.

    Raises NotAllowed, NotThere.
    """
    with transaction.atomic():
        row = queries.offering(actor, offering_id)
        policy.require_keeping(actor, row.site.territory_id)
        with act("confirm_offering", row.site.provider.body_id, now, offering=row.pk):
            rows = Offering.objects.filter(pk=row.pk)
            write(rows, verified_on=local(now).date(), verified_by_id=actor.unit_id)


def _checked(said: OfferingSaid, site: Site, now: datetime, stands: str = "") -> OfferingSaid:
    """Return what is said as it is kept. What `stands` may stay, though the package has dropped it since."""
    services = {*package(local(now).date()), stands}
    return check_offering(said, services=services, protected=site.protected, site_territory=site.territory_id)
