"""Making a safety plan with the child, version by version, and printing it where that is safe."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.plans import policy, queries, rules
from arasha.plans.actions.drafting import DraftKept, settle_kept
from arasha.plans.models import SafetyPlan, SafetyPlanItem


class PlanChanged(Exception):
    """A colleague wrote a newer version since the page was opened; nothing was kept."""


@sensitive_variables()
def make_safety_plan(
    *, actor: Actor, dossier: UUID, draft: rules.Draft, after: int, now: datetime, kept: DraftKept | None = None
) -> SafetyPlan:
    """Keep the next version of a child's safety plan; `after` is the number of the one that it takes the place of.

    0 where there was none. Words lie sealed under the facet of plans; the version before stays as it was. `kept` is
    where the same words were kept as a draft: it is emptied.

    Raises:
        FileNotThere: the file is not there for this actor, or its plans are not theirs to write.
        PlanChanged; PlanEmpty, TooLong, AgreementMissing, UnknownCode (`rules.check`).
    """
    rules.check(draft)
    with transaction.atomic():
        if not policy.may_make_whole(actor, dossier):
            raise FileNotThere
        told = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": after + 1, "review_on": draft.review_on}
        with act(verb="make_safety_plan", stream=dossier_stream(dossier), now=now, codes=told):
            # The act holds the file's stream: a colleague who saves at the same moment has saved by now, or waits.
            if queries.newest_number(dossier) != after:
                raise PlanChanged
            plan = _row(actor, dossier, draft, after + 1, now)
            plan.save(force_insert=True)
            for position, item in enumerate(draft.items):
                _item(plan, position, item).save(force_insert=True)
            if kept is not None:
                settle_kept(dossier, kept, now)
    return plan


def print_safety_plan(*, actor: Actor, dossier: UUID, number: int, disguised: bool, now: datetime) -> SafetyPlan:
    """Note that the newest version is printed. Raises FileNotThere (also for another version), NotSafeToCarry."""
    with transaction.atomic():
        if not policy.may_see_whole(actor, dossier) or actor.unit_id is None:
            raise FileNotThere
        plan = SafetyPlan.objects.filter(dossier=dossier).order_by("-number").first()
        if plan is None or plan.number != number:
            raise FileNotThere
        rules.printable(plan.carry, disguised=disguised)
        told = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": number, "disguised": disguised}
        with act(verb="print_safety_plan", stream=dossier_stream(dossier), now=now, codes=told):
            pass
    return plan


def _row(actor: Actor, dossier: UUID, draft: rules.Draft, number: int, now: datetime) -> SafetyPlan:
    return SafetyPlan(
        id=uuid4(),
        dossier_id=dossier,
        number=number,
        language=draft.language,
        large=draft.large,
        carry=draft.carry,
        kept=draft.kept,
        agreed=list(draft.agreed),
        not_agreed=draft.not_agreed,
        made_at=now,
        review_on=draft.review_on,
        unit_id=int(actor.unit_id or 0),
        user_id=actor.user_id,
    )


def _item(plan: SafetyPlan, position: int, item: rules.Item) -> SafetyPlanItem:
    row = SafetyPlanItem(id=uuid4(), plan=plan, dossier_id=plan.dossier_id, kind=item.kind, position=position)
    row.due_on = item.by
    row.sealed = seal_text(item.words, row=row.pk, **queries.item_place(plan.dossier_id))
    return row
