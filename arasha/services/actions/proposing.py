"""Asking again: links to answer by, and what is proposed over them or by the provider's own people."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, NotThere, from_database
from arasha.kernel.worktime.rules import local
from arasha.services import policy, queries
from arasha.services.actions.writing import act, put
from arasha.services.models import ProposalLink, Site
from arasha.services.rules import OfferingSaid, SiteSaid, check_offering, check_site, package, proposals


class NothingProposed(ValueError):
    """What was said is as the entry stands already."""


class LinkVoid(Exception):
    """The link was answered, is too old, or never was."""


def make_link(*, actor: Actor, site_id: UUID, now: datetime) -> str:
    """Make a link over which a site's people say once whether its entry is so; returns the token, kept nowhere.

    Raises NotAllowed, NotThere.
    """
    site = queries.site(actor, site_id)
    policy.require_keeping(actor, site.territory_id)
    token, link = proposals.new_token(), uuid4()
    with transaction.atomic(), act("make_link", site.provider.body_id, now, site=site.pk, link=link):
        put(
            ProposalLink(
                id=link,
                site_id=site.pk,
                hash=proposals.token_hash(token),
                made_by_id=cast(int, actor.unit_id),  # only a person in a post keeps the directory
                made_at=now,
                until=now + proposals.LINK_LASTS,
            )
        )
    return token


def put_proposal(*, actor: Actor | None, token: str, proposal: UUID, said: Mapping[str, Any], now: datetime) -> None:
    """Put down what was said over a link. Nobody acts: it runs as the role of the public, by one definer function.

    Sent twice with one id it is one proposal. `now` is the database's. Raises LinkVoid.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT services.put_proposal(%s, %s, %s::jsonb)",
            [proposals.token_hash(token), proposal, json.dumps(said)],
        )
        if not cursor.fetchone()[0]:
            raise LinkVoid


def propose_site(*, actor: Actor, site_id: UUID, said: SiteSaid, now: datetime, proposal: UUID | None = None) -> None:
    """Let somebody of the provider's own body say what changes of its site. Its keeper decides.

    Raises EntryFaulty, NotThere, NothingProposed.
    """
    row = queries.site(actor, site_id)
    names = proposals.site_fields(protected=row.protected)
    changes = proposals.differing(queries.site_said(row), check_site(said), names)
    if not changes:
        raise NothingProposed
    _propose(actor, row, {"site": changes}, now, proposal or uuid4())


def propose_offering(
    *, actor: Actor, offering_id: UUID, said: OfferingSaid, now: datetime, proposal: UUID | None = None
) -> None:
    """Let somebody of the provider's own body say what changes of what it offers. Its keeper decides.

    Raises EntryFaulty, NotThere, NothingProposed.
    """
    row = queries.offering(actor, offering_id)
    checked = check_offering(
        said,
        services={*package(local(now).date()), row.service},
        protected=row.protected,
        site_territory=row.site.territory_id,
    )
    changes = proposals.differing(queries.offering_said(row), checked, proposals.OFFERING)
    if not changes:
        raise NothingProposed
    _propose(actor, row.site, {"offerings": {str(row.pk): changes}}, now, proposal or uuid4())


def _propose(actor: Actor, site: Site, said: dict[str, Any], now: datetime, made: UUID) -> None:
    body = site.provider.body_id
    if actor.body_id != body:
        raise NotThere
    with transaction.atomic(), act("propose_entry", body, now, site=site.pk, proposal=made):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT services.propose(%s, %s, %s::jsonb)", [site.pk, made, json.dumps(said)])
        except DatabaseError as error:
            raise from_database(error) from error
