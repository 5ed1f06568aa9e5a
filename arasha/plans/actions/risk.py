"""Judging risk where somebody must answer it: the judgement first, then what procedures ask for because of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import actions as cases
from arasha.cases.models import RiskJudgement
from arasha.cases.queries import file
from arasha.cases.rules import RiskSaid, rank
from arasha.kernel.access.rules import Actor
from arasha.obligations.actions import raise_for
from arasha.plans.queries.handed_in import weighing
from arasha.plans.queries.risk import answers_owed

EVENT = "judge_risk"


@sensitive_variables()
def judge_risk(*, actor: Actor, dossier: UUID, said: RiskSaid, now: datetime) -> RiskJudgement:
    """Judge a child's risk (`cases.actions.judge_risk`) and let procedures oblige somebody to answer it in time.

    A first level and each rise oblige anew; the same level again does not while its answer is still owed, and a lower
    level takes back nothing that is owed. Raises what `cases.actions.judge_risk` raises.
    """
    level = said.level
    with transaction.atomic():
        heard = [one.facts for one in weighing(dossier, now)]
        weighed = cases.judge_risk(actor=actor, dossier=dossier, said=said, now=now, heard=heard)
        before = weighed.before
        rises = before is None or rank(level) > rank(before.level)
        if rises and not answers_owed(dossier, level):
            found = file(actor, dossier)
            raise_for(
                actor=actor,
                dossier=dossier,
                event=EVENT,
                codes={"risk": level},
                territory=found.territory_id if found else "",
                from_moment=now,
                now=now,
                sealed_actor=False,
            )
    return weighed.judgement
