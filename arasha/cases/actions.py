"""What people do with cases: open one."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from arasha.cases import policy, rules
from arasha.cases.models import Case, CaseOrigin
from arasha.kernel.access.actions import TeamMember, open_dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream

TRIES = 5


def open_case(
    *,
    actor: Actor,
    signal_dossier: UUID,
    territory: str,
    child_called: str,
    child_age: int | None,
    child_sex: str,
    now: datetime,
) -> Case:
    """Open a child's case with a dossier of its own; the actor's unit leads it.

    Raises:
        NotAllowed: the actor's unit may not lead a case.
    """
    if not policy.may_open(actor) or actor.unit_id is None:
        raise policy.NotAllowed
    for attempt in range(TRIES):
        case = Case(
            dossier_id=uuid4(),
            number=rules.case_number(territory, now.year),
            opened_at=now,
            territory_id=territory,
            child_called=child_called,
            child_age=child_age,
            child_sex=child_sex,
            lead_unit_id=actor.unit_id,
            lead_user_id=actor.user_id,
        )
        try:
            with transaction.atomic():
                return _write(case, signal_dossier, now)
        except IntegrityError:
            # A number is drawn again when another case has it; anything else fails each time and is raised.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _write(case: Case, signal_dossier: UUID, now: datetime) -> Case:
    codes = {"facet": Facet.OBLIGATIONS, "unit": case.lead_unit_id, "case": case.number}
    with act(verb="open_case", stream=dossier_stream(case.dossier_id), now=now, codes=codes):
        lead = TeamMember("lead", unit_id=case.lead_unit_id, reason="opened_case")
        open_dossier(dossier=case.dossier_id, kind="case", territory=case.territory_id, members=[lead], now=now)
        case.save(force_insert=True)
        CaseOrigin.objects.create(
            id=uuid4(), dossier_id=case.dossier_id, signal_dossier_id=signal_dossier, joined_at=now
        )
    return case
