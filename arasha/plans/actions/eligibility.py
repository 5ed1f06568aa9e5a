"""Finding out what a rule of eligibility asks for, and deciding beside it: the rule's answer and the decision stand."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.plans import policy, queries, rules
from arasha.plans.models import EligibilityDecision, EligibilityFact

MOST = 1000


class FactDoesNotFit(ValueError):
    """The value is none that this fact can have, or the file itself says it."""


class OverruleReasonMissing(ValueError):
    """It is decided otherwise than the rule answers, and nobody says why."""


def state_fact(*, actor: Actor, dossier: UUID, fact: str, value: str, now: datetime) -> EligibilityFact:
    """Keep what was found out: "yes", "no" or a number as text; the newest counts, the ones before stay.

    Raises FileNotThere, FactDoesNotFit; UnknownCode for a fact of no list.
    """
    code, number = _value(fact, value)
    with transaction.atomic():
        if not policy.may_make_whole(actor, dossier):
            raise FileNotThere
        told = {"facet": Facet.PLAN, "unit": actor.unit_id, "fact": fact}
        with act(verb="state_fact", stream=dossier_stream(dossier), now=now, codes=told):
            row = EligibilityFact(id=uuid4(), dossier_id=dossier, fact=fact, code=code, number=number, stated_at=now)
            row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
            # The act holds the file's stream: no other fact of the file takes this place meanwhile.
            row.place = queries.last_place(dossier) + 1
            row.save(force_insert=True)
    return row


@sensitive_variables()
def decide_eligibility(
    *,
    actor: Actor,
    dossier: UUID,
    rule: str,
    entitled: bool,
    decided_by: str,
    decided_on: date,
    now: datetime,
    reason: str = "",
    words: str = "",
) -> EligibilityDecision:
    """Keep a decision about a service beside what the rule of today answers; neither changes the other.

    Raises:
        FileNotThere: also for a rule that is not in force today.
        OverruleReasonMissing: the rule answers otherwise, or does not know, and there is no reason.
        ValueError: a day to come. UnknownCode for a code of no list.
    """
    _check(decided_by, decided_on, reason, now)
    with transaction.atomic():
        if not policy.may_make_whole(actor, dossier):
            raise FileNotThere
        weighed = queries.weighed_rule(dossier, rule, now)
        if weighed is None:
            raise FileNotThere
        answer = weighed.decision.outcome
        overrules = answer is not (rules.Outcome.MET if entitled else rules.Outcome.NOT_MET)
        if overrules and not reason:
            raise OverruleReasonMissing
        told = {"facet": Facet.PLAN, "unit": actor.unit_id, "rule": rule, "answer": answer.value, "entitled": entitled}
        with act(verb="decide_eligibility", stream=dossier_stream(dossier), now=now, codes=told):
            row = _answered(dossier, weighed)
            row.entitled, row.decided_by, row.decided_on = entitled, decided_by, decided_on
            row.reason = reason if overrules else ""
            row.recorded_at, row.unit_id, row.user_id = now, int(actor.unit_id or 0), actor.user_id
            if words.strip():
                row.sealed = seal_text(words.strip()[:MOST], row=row.pk, **queries.decision_place(dossier))
            row.save(force_insert=True)
    return row


def _check(decided_by: str, decided_on: date, reason: str, now: datetime) -> None:
    rules.DECIDERS[decided_by]
    if reason:
        rules.OVERRULES[reason]
    if decided_on > local(now).date():
        raise ValueError("this day has not come yet")


def _answered(dossier: UUID, weighed: queries.WeighedRule) -> EligibilityDecision:
    """Return a decision to be made, with what the rule answers."""
    rule = weighed.rule
    row = EligibilityDecision(id=uuid4(), dossier_id=dossier, rule=rule.code, version=rule.version)
    row.answer, row.lines = weighed.decision.outcome.value, weighed.lines()
    return row


def _value(fact: str, value: str) -> tuple[str, int | None]:
    """Return a value as it is kept: a code or a number. Raises FactDoesNotFit."""
    kind = rules.FACTS[fact].more["kind"]
    if fact not in rules.BY_HAND:
        raise FactDoesNotFit
    if kind == "yes_no" and value in {"yes", "no"}:
        return value, None
    if kind == "number" and value.isascii() and value.isdigit() and len(value) <= 3:
        return "", int(value)
    raise FactDoesNotFit
