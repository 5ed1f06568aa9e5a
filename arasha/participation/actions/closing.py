"""Ending a half-year: all answers are opened at once, counted, and forgotten."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.queries import read_letter
from arasha.kernel.worktime.rules import local
from arasha.participation import policy, rules
from arasha.participation.actions.opening import LINK
from arasha.participation.actions.rounds import round_of
from arasha.participation.models import Invitation, Round
from arasha.services.models import Offering
from arasha.surveys.rules.figures import band

Key = tuple[str, str, str]


def close_periods(*, actor: Actor, now: datetime) -> int:
    """Count every half-year in which nobody may answer any more; return how many were. Raises NotAllowed."""
    if not policy.is_worker(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation.waiting_periods(%s)", [rules.open_periods(local(now).date())])
        periods = sorted(row[0] for row in cursor.fetchall())
    for period in periods:
        with transaction.atomic():
            _close(actor, period, now)
    return len(periods)


@sensitive_variables()
def _close(actor: Actor, period: str, now: datetime) -> None:
    """Count one half-year in one transaction: broken off, nothing has happened; done twice, it is done once."""
    sheets = _sheets(period)
    offerings = Offering.objects.select_related("site__provider").in_bulk([UUID(one) for one in sheets])
    groups: dict[Key, list[Offering]] = defaultdict(list)
    for one in sorted(offerings.values(), key=lambda row: str(row.pk)):
        named = "" if one.protected else str(one.pk)
        groups[named, one.service, one.site.territory_id].append(one)
    for (named, _service, _place), members in groups.items():
        said = [sheet for one in members for sheet in sheets[str(one.pk)]]
        providers = None if named else len({one.site.provider_id for one in members})
        outcome = rules.decide(said, providers=providers)
        rows = [round_of(actor=actor, offering=one, period=period, now=now) for one in members]
        _tell(actor, rows[0], outcome, len(said), now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation.end_period(%s)", [period])


@sensitive_variables()
def _sheets(period: str) -> dict[str, list[list[int]]]:
    """Return all answers of a half-year by offering, in no order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, version, sealed FROM participation.take_answers(%s)", [period])
        rows = cursor.fetchall()
    sheets: dict[str, list[list[int]]] = defaultdict(list)
    for letter, version, sealed in rows:
        said: dict[str, Any] = json.loads(read_letter(version, sealed, about=rules.about("answers", letter)))
        sheets[said["offering"]].append(said["said"])
    return sheets


def _tell(actor: Actor, row: Round, outcome: rules.Outcome, count: int, now: datetime) -> None:
    if row.outcome:
        return
    codes = {"facet": Facet.OBLIGATIONS, "outcome": outcome.outcome}
    with act(verb="tell_feedback", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        given = Invitation.objects.filter(offering=row.offering_id, period=row.period)
        invited = given.count() if row.offering_id else 0
        row.outcome, row.answers, row.figures = outcome.outcome, outcome.answers, outcome.figures
        # Beside exact numbers that few see, and beside bands that all see, a band tells of nobody who stayed silent.
        row.invited = band(max(invited, count)) if outcome.outcome != "none" and invited else 0
        row.save(update_fields=["outcome", "answers", "figures", "invited"])
    lead = Dossier.objects.get(pk=row.dossier_id).lead_unit_id
    if outcome.outcome != "none" and lead:
        notify(actor=actor, units=[lead], code="feedback_told", link=LINK, dossier=row.dossier_id, now=now)
