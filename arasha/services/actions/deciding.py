"""What a keeper takes or refuses of a proposal, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.services import policy, queries
from arasha.services.actions.writing import ChangedMeanwhile, act, put, write
from arasha.services.models import Decision, Offering, Proposal, Site
from arasha.services.rules import REFUSALS, RINGS, check_offering, check_site, package, proposals


class SecondPersonNeeded(Exception):
    """A changed telephone number is taken by one keeper after another one rang a number that was known before."""


class LinesLeft(Exception):
    """All else is decided last: another line of the proposal still waits."""


@dataclass(frozen=True)
class Verdict:
    """What is decided of one line: taken, or refused for a reason of `data/refusals.csv`."""

    taken: bool
    reason: str = ""


def vouch_phone(*, actor: Actor, proposal_id: UUID, rang: str, now: datetime) -> None:
    """Say that the actor rang the old number ("old") or another one known before ("known") and heard that it changed.

    Said twice it counts once. Raises NotAllowed, NotThere, ValueError (no such answer).
    """
    proposal = _kept(actor, proposal_id)
    if rang not in RINGS:
        raise ValueError(rang)
    if queries.vouched_by(proposal, actor):
        return
    with transaction.atomic(), act("vouch_phone", proposal.site.provider.body_id, now, proposal=proposal.pk):
        put(_decision(actor, proposal, proposals.PHONE, ("rang", rang), now))


def decide_proposal(
    *, actor: Actor, proposal_id: UUID, verdicts: Mapping[str, Verdict], now: datetime, seen: str = ""
) -> None:
    """Take or refuse lines of a proposal; what is taken is written into the entry, all or none.

    Taking "rest" says that the provider confirmed all else on the day of the proposal. Lines left out wait.

    Raises:
        NotAllowed: the actor does not keep the directory at the site.
        NotThere: there is no such proposal for the actor.
        ValueError: a line or a reason is none.
        LinesLeft: "rest" is decided while another line waits.
        SecondPersonNeeded: nobody else rang a known number before the new one is taken.
        ChangedMeanwhile: entry or decisions no longer stand as they were `seen`.
        EntryFaulty: what is taken can't stand in the entry.
    """
    with transaction.atomic():
        proposal = _kept(actor, proposal_id)
        site = Site.objects.select_for_update().get(pk=proposal.site_id)
        rows = {row.pk: row for row in Offering.objects.select_for_update().filter(site=site).order_by("pk")}
        lines = {change.field: change for change in queries.read_proposal(proposal, site, rows).changes}
        done = queries.decided(proposal)
        if (seen and queries.proposal_seen(proposal, site, rows) != seen) or done.keys() & verdicts.keys():
            raise ChangedMeanwhile
        _check(verdicts, lines, proposal, actor)
        if proposals.REST in verdicts and lines.keys() - verdicts.keys() - done.keys():
            raise LinesLeft
        with act("decide_proposal", proposal.site.provider.body_id, now, proposal=proposal.pk):
            for field, verdict in verdicts.items():
                said = "taken" if verdict.taken else "refused"
                put(_decision(actor, proposal, field, (said, verdict.reason), now))
            taken = [lines[field] for field, verdict in verdicts.items() if verdict.taken and field in lines]
            _write(site, rows, taken, now)
            if proposals.REST in verdicts and verdicts[proposals.REST].taken:
                _confirm(rows, proposal, actor)


def _kept(actor: Actor, proposal_id: UUID) -> Proposal:
    proposal = queries.proposal(actor, proposal_id)
    policy.require_keeping(actor, proposal.site.territory_id)
    return proposal


def _decision(actor: Actor, proposal: Proposal, field: str, said: tuple[str, str], now: datetime) -> Decision:
    return Decision(
        id=uuid4(),
        proposal_id=proposal.pk,
        field=field,
        verdict=said[0],
        reason=said[1],
        user_id=cast(int, actor.user_id),  # only a person keeps the directory
        unit_id=cast(int, actor.unit_id),
        at=now,
    )


def _check(
    verdicts: Mapping[str, Verdict], lines: Mapping[str, proposals.Change], proposal: Proposal, actor: Actor
) -> None:
    """Raise ValueError for a line or reason that there is not, SecondPersonNeeded for a number nobody else checked."""
    for field, verdict in verdicts.items():
        if field != proposals.REST and field not in lines:
            raise ValueError(field)
        if not verdict.taken and verdict.reason not in REFUSALS:
            raise ValueError(verdict.reason)
    phone = verdicts.get(proposals.PHONE)
    if phone and phone.taken and not queries.vouched(proposal, apart_from=actor.user_id):
        raise SecondPersonNeeded


def _write(site: Site, rows: Mapping[UUID, Offering], taken: list[proposals.Change], now: datetime) -> None:
    """Write what was taken. Raises EntryFaulty."""
    values = {change.name: change.value for change in taken if change.offering is None}
    if values:
        said = check_site(replace(queries.site_said(site), **values))
        write(Site.objects.filter(pk=site.pk), **{name: getattr(said, name) for name in values})
    services = package(local(now).date())
    for key, row in rows.items():
        values = {change.name: change.value for change in taken if change.offering == key}
        if values:
            offering = check_offering(
                replace(queries.offering_said(row), **values),
                services={*services, row.service},
                protected=site.protected,
                site_territory=site.territory_id,
            )
            write(Offering.objects.filter(pk=key), **{name: getattr(offering, name) for name in values})


def _confirm(rows: Mapping[UUID, Offering], proposal: Proposal, actor: Actor) -> None:
    """Let what was not closed count as asked about on the day of the proposal, unless somebody asked since."""
    day = local(proposal.put_at).date()
    for key, row in rows.items():
        if row.status != "closed" and (row.verified_on is None or row.verified_on < day):
            write(Offering.objects.filter(pk=key), verified_on=day, verified_by_id=actor.unit_id)
