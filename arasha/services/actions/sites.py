"""Sites: entered, changed, closed."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.services import policy, queries
from arasha.services.actions.writing import act, check_seen, put, write
from arasha.services.models import Site
from arasha.services.rules import EntryFaulty, Fault, SiteSaid, check_site


def add_site(*, actor: Actor, provider_id: UUID, said: SiteSaid, now: datetime, site_id: UUID | None = None) -> UUID:
    """Enter a site of a provider. Sent twice with one `site_id` it is entered once.

    Raises:
        EntryFaulty: what is said can't be taken; of a protected site nothing finer than its region is.
        NotAllowed: the actor does not keep the directory at the site's place.
        NotThere: there is no such provider for the actor.
    """
    said = check_site(said)
    provider = queries.provider(actor, provider_id)
    policy.require_keeping(actor, said.territory)
    if provider.protected and not said.protected:
        raise EntryFaulty([Fault("protected", "provider_is_protected")])
    entered = site_id or uuid4()
    if policy.visible_sites(actor).filter(pk=entered).exists():
        return entered
    with transaction.atomic(), act("add_site", provider.body_id, now, provider=provider.pk, site=entered):
        put(Site(id=entered, provider_id=provider.pk, **_columns(said)))
    return entered


def change_site(*, actor: Actor, site_id: UUID, said: SiteSaid, now: datetime, seen: str = "") -> None:
    """Change what is known of a site, or close it on a day. Whether it is protected stays.

    Raises:
        EntryFaulty: what is said can't be taken.
        NotAllowed: the actor does not keep the directory where the site is, or where it moves to.
        NotThere: there is no such site for the actor.
        ChangedMeanwhile: it no longer stands as it was `seen`.
    """
    said = check_site(said)
    with transaction.atomic():
        row = queries.site(actor, site_id)
        if said.protected != row.protected:
            raise EntryFaulty([Fault("protected", "protected_stays")])
        for place in {row.territory_id, said.territory}:
            policy.require_keeping(actor, place)
        rows = Site.objects.filter(pk=row.pk)
        check_seen(rows.select_for_update().get(), seen)
        with act("change_site", row.provider.body_id, now, site=row.pk):
            write(rows, **_columns(said))


def _columns(said: SiteSaid) -> dict[str, object]:
    columns = asdict(said)
    columns["territory_id"] = columns.pop("territory")
    return columns
