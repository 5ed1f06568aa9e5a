"""Proposals as keepers read them, and as their own writers do over a link."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from arasha.kernel.access.rules import Actor, NotThere
from arasha.services.models import Decision, Offering, Proposal, Site
from arasha.services.queries.entries import revision
from arasha.services.rules import KNOWN_NUMBERS, proposals

VERDICTS = ("taken", "refused")


def entry_behind(token: str) -> dict[str, Any] | None:
    """Return what a link shows, as the directory tells everybody; None when it opens nothing. As the public's role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT services.read_link(%s)", [proposals.token_hash(token)])
        found = cursor.fetchone()[0]
    entry: dict[str, Any] | None = json.loads(found) if isinstance(found, str) else found
    return entry


def proposal(actor: Actor, proposal_id: UUID) -> Proposal:
    """Return a proposal with its site, provider and body. Raises NotThere."""
    rows = Proposal.objects.select_related("site__provider__body", "unit")
    found = rows.filter(pk=proposal_id).first() if actor.is_system or actor.post_id else None
    if found is None:
        raise NotThere
    return found


def proposals_of(site_ids: list[UUID]) -> list[tuple[Proposal, bool]]:
    """Return the proposals for these sites, newest first, each with whether something of it still waits."""
    rows = Proposal.objects.filter(site__in=site_ids).order_by("-put_at").prefetch_related("decisions")
    return [(row, not any(one.field == proposals.REST for one in row.decisions.all())) for row in rows[:50]]


def read_proposal(row: Proposal, site: Site, offerings: Mapping[UUID, Offering]) -> proposals.Read:
    """Return what a proposal says, as far as it can be read."""
    return proposals.read(row.said, protected=site.protected, offerings=offerings.keys())


def decided(row: Proposal) -> dict[str, Decision]:
    """Return what was decided of a proposal, by line."""
    rows = Decision.objects.filter(proposal=row, verdict__in=VERDICTS).select_related("unit")
    return {one.field: one for one in rows}


def vouched(row: Proposal, *, apart_from: int | None) -> bool:
    """Say whether somebody else rang a number known before."""
    return Decision.objects.filter(proposal=row, verdict="rang").exclude(user=apart_from).exists()


def vouched_by(row: Proposal, actor: Actor) -> bool:
    """Say whether the actor said so already."""
    return Decision.objects.filter(proposal=row, verdict="rang", user=actor.user_id).exists()


def proposal_seen(row: Proposal, site: Site, offerings: Mapping[UUID, Offering]) -> str:
    """Return a mark of the entry and of what was decided, as who decides has them before their eyes."""
    marks = [revision(site), *(revision(offerings[key]) for key in sorted(offerings)), *sorted(decided(row))]
    return hashlib.sha256(" ".join(marks).encode()).hexdigest()[:16]


def whose_phone(phone: str, site: UUID) -> list[dict[str, str]]:
    """Return whose number this is beside the site's own: names by language; {} for one that is protected."""
    if phone in KNOWN_NUMBERS:
        known = KNOWN_NUMBERS[phone]
        return [{language: known.label(language) for language in ("kk", "ru", "en")}]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM services.whose_phone(%s, %s)", [phone, site])
        return [
            {} if hidden else dict(zip(("kk", "ru", "en"), names, strict=True)) for hidden, *names in cursor.fetchall()
        ]
