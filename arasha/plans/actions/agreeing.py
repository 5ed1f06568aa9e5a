"""Agreeing on a child's plan, going through it again, saying what came of it, and ending it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import risk_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations import queries as obligations
from arasha.plans import policy
from arasha.plans.actions.child_plan import OwnerNotThere, PlanNotThere
from arasha.plans.actions.obliging import let_go, oblige_review, review_done, settle
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal, PlanMark, PlanVoice
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules import child_plan as rules
from arasha.plans.rules.child_plan import VoiceSaid


class PlanEdited(Exception):
    """A colleague wrote into the plan since the page was opened; it is agreed as it was seen, or not at all."""


class StillOwed(Exception):
    """The plan can't be ended: the own unit is late with something of it, which a supervisor must end or it must do."""


@sensitive_variables()
def agree_plan(
    *, actor: Actor, plan: UUID, voices: Sequence[VoiceSaid], review_on: date, seen: int, now: datetime
) -> ChildPlan:
    """Let a draft stand as agreed: by the child and an adult who protects them, or with the reason why not.

    Each action of a unit is owed by it from now on, until its day; what the version before owed otherwise is taken
    back; whoever leads owes going through it again on `review_on`. `seen` is the count of edits that the page showed.

    Raises:
        PlanNotThere: no such draft for this actor, or they don't lead the file.
        PlanEdited; PlanLacks (`rules.lacking`); PlanFaulty (`rules.check_voices`, `check_review`);
        OwnerNotThere: an adult may not agree for this child.
    """
    with transaction.atomic():
        draft = _led(actor, plan, "draft")
        today = local(now).date()
        risk = risk_of(draft.dossier_id)
        rules.check_review(review_on, today, risk.level if risk else "")
        rules.check_voices(voices, of_child=draft.person_id is None)
        _check_adults(draft, voices, today)
        before = reading.standing_plan(draft.dossier_id, draft.person_id)
        codes = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": draft.number, "review_on": review_on}
        with act(verb="agree_plan", stream=dossier_stream(draft.dossier_id), now=now, codes=codes):
            draft = _held(plan, "draft")
            if draft.edits != seen:
                raise PlanEdited
            _check_whole(draft, today, now)
            if before is not None:
                before.state = "replaced"
                before.save(update_fields=["state"])
            draft.state, draft.agreed_at, draft.review_on = "agreed", now, review_on
            draft.save(update_fields=["state", "agreed_at", "review_on"])
            for voice in voices:
                _voice(draft, voice, now).save(force_insert=True)
        _let_oblige(actor, draft, before, now)
    return draft


@sensitive_variables()
def go_through(
    *,
    actor: Actor,
    plan: UUID,
    marks: Sequence[tuple[UUID, str, str]],
    voice: VoiceSaid,
    review_on: date,
    now: datetime,
) -> ChildPlan:
    """Go through an agreed plan again: a mark and words for each goal (`root`, code, words), what the child thinks.

    The plan goes on as it is until the new day; whoever wants it otherwise begins the next version. The duty to go
    through it is met, and owed again on the new day.

    Raises PlanNotThere; PlanFaulty where a goal has no mark, the child was not asked and no reason is said, or the day
    is later than the risk allows.
    """
    with transaction.atomic():
        row = _led(actor, plan, "agreed")
        today = local(now).date()
        risk = risk_of(row.dossier_id)
        rules.check_review(review_on, today, risk.level if risk else "")
        asked = rules.CHILD if row.person_id is None else rules.ADULT
        rules.check_voice(voice, asked)
        goals = set(PlanGoal.objects.filter(plan=row, dropped=False).values_list("root", flat=True))
        if {root for root, _code, _words in marks} != goals or any(
            code not in rules.PLAN_MARKS for _r, code, _w in marks
        ):
            raise rules.PlanFaulty("mark")
        codes = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": row.number, "review_on": review_on}
        with act(verb="review_plan", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row = _held(plan, "agreed")
            for root, code, words in marks:
                put_mark(actor, row, root, kind="goal", code=code, words=words, now=now)
            _voice(row, voice, now).save(force_insert=True)
            row.review_on = review_on
            row.save(update_fields=["review_on"])
        review_done(actor, row.pk, _("The plan was gone through; it goes on."), now)
        oblige_review(actor, row, review_on, now)
    return row


@sensitive_variables()
def record_action(
    *,
    actor: Actor,
    plan: UUID,
    action: UUID,
    state: str,
    on: date | None,
    now: datetime,
    reason: str = "",
    words: str = "",
) -> PlanAction:
    """Say what became of an action that the child or an adult took on; a unit says it by answering its duty.

    `state`: done, not_done (with a reason of the list), or open again, where it was said by mistake.

    Raises PlanNotThere; PlanFaulty.
    """
    with transaction.atomic():
        found = reading.plan_row(plan)
        if found is None or not policy.may_write_plan(actor, found.dossier_id):
            raise PlanNotThere
        _check_result(state, reason, words, on, local(now).date())
        codes = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": found.number}
        with act(verb="record_action", stream=dossier_stream(found.dossier_id), now=now, codes=codes):
            row = PlanAction.objects.select_for_update(of=("self",)).filter(pk=action, plan=plan, dropped=False).first()
            if row is None or row.owner == "unit" or _held(plan, "agreed") is None:
                raise PlanNotThere
            # The draft that was begun meanwhile holds the same action: it hears of it too.
            for same in PlanAction.objects.filter(root=row.root, plan__state__in=["agreed", "draft"]):
                same.state = state
                same.save(update_fields=["state"])
            put_mark(actor, found, row.root, kind="action", code=state, words=words, now=now, reason=reason, on=on)
    row.state = state
    return row


def end_plan(*, actor: Actor, plan: UUID, reason: str, now: datetime) -> ChildPlan:
    """End an agreed plan; what its units still owe for it is taken back.

    Raises PlanNotThere; PlanFaulty for an unknown reason; StillOwed.
    """
    if reason not in rules.PLAN_ENDS:
        raise rules.PlanFaulty("reason")
    with transaction.atomic():
        row = _led(actor, plan, "agreed")
        codes = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": row.number, "reason": reason}
        with act(verb="end_plan", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row = _held(plan, "agreed")
            row.state, row.ended_at, row.end_reason = "ended", now, reason
            row.save(update_fields=["state", "ended_at", "end_reason"])
        roots = list(PlanAction.objects.filter(plan=row, dropped=False, owner="unit").values_list("root", flat=True))
        if let_go(actor, roots, now):
            raise StillOwed
        review_done(actor, row.pk, _("The plan was ended."), now)
        let_go(actor, [row.pk], now)
    return row


def put_mark(actor: Actor, plan: ChildPlan, root: UUID, *, words: str, now: datetime, **said: Any) -> PlanMark:
    """Put down what became of a goal or an action; inside an open act."""
    row = PlanMark(id=uuid4(), plan=plan, dossier_id=plan.dossier_id, root=root, at=now, **said)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    if words.strip():
        row.sealed = seal_text(words.strip(), row=row.pk, **reading.plan_words(plan.dossier_id, PlanMark))
    row.save(force_insert=True)
    return row


def _led(actor: Actor, plan: UUID, state: str) -> ChildPlan:
    """Return a plan in this state that the actor may decide on. Raises PlanNotThere."""
    row = reading.plan_row(plan)
    if row is None or row.state != state or not policy.may_agree_plan(actor, row.dossier_id):
        raise PlanNotThere
    return row


def _held(plan: UUID, state: str) -> ChildPlan:
    row = ChildPlan.objects.select_for_update(of=("self",)).filter(pk=plan, state=state).first()
    if row is None:
        raise PlanNotThere
    return row


def _check_adults(draft: ChildPlan, voices: Sequence[VoiceSaid], today: date) -> None:
    named = {voice.person for voice in voices if voice.person is not None}
    fit = {draft.person_id} if draft.person_id else {one.pk for one in reading.adults_of(draft.dossier_id, today)}
    if not named <= fit:
        raise OwnerNotThere


def _check_whole(draft: ChildPlan, today: date, now: datetime) -> None:
    """Raise PlanLacks where the draft lacks what an agreement needs."""
    case = policy.open_case(draft.dossier_id)
    units = {one.pk for one in reading.owners_of(draft.dossier_id, case.territory_id, now)} if case else set()
    people = {one.pk for one in reading.people_of_plan(draft.dossier_id, today)}
    goals = list(PlanGoal.objects.filter(plan=draft, dropped=False).values_list("pk", flat=True))
    actions = list(PlanAction.objects.filter(plan=draft, dropped=False, goal__dropped=False))
    duties = obligations.about([one.root for one in actions])
    lacks = rules.lacking(goals, [_standing(one, duties.get(one.root), units, people) for one in actions], today)
    if lacks:
        raise rules.PlanLacks(lacks)


def _standing(row: PlanAction, duty: Any, units: set[int], people: set[UUID]) -> rules.Standing:
    there = {
        "unit": row.owner_unit_id in units,
        "person": row.owner_person_id in people,
        "child": True,
    }.get(row.owner, False)
    # Where its unit owes it already, another body may have taken it over: it is owed, wherever it went.
    still = reading.action_state(row, duty) == "open" and duty is None
    return rules.Standing(row.pk, row.goal_id, row.owner, there, row.due_on, still)


def _let_oblige(actor: Actor, draft: ChildPlan, before: ChildPlan | None, now: datetime) -> None:
    """Let what was agreed oblige, take back what the version before asked and this one does not."""
    rows = list(PlanAction.objects.filter(plan=draft, dropped=False, goal__dropped=False))
    old = {row.root: row for row in PlanAction.objects.filter(plan=before, dropped=False)} if before else {}
    words = reading.words_of_rows(draft.dossier_id, [*rows, *old.values()])
    for row in rows:
        if row.owner == "unit" and row.state == "open":
            was = old.get(row.root)
            earlier = (was.owner_unit_id, was.due_on, words.get(was.pk)) if was else None
            settle(actor, row, words.get(row.pk) or "", earlier, now)
    staying = {row.root for row in rows if row.owner == "unit"}
    let_go(actor, [root for root in old if root not in staying], now)
    if before is not None:
        review_done(actor, before.pk, _("The next version of the plan was agreed."), now)
        let_go(actor, [before.pk], now)
    oblige_review(actor, draft, draft.review_on or local(now).date(), now)


def _check_result(state: str, reason: str, words: str, on: date | None, today: date) -> None:
    if state not in rules.PLAN_ACTIONS:
        raise rules.PlanFaulty("state")
    if state == "not_done" and reason not in rules.PLAN_NOT_DONE:
        raise rules.PlanFaulty("reason")
    if state == "done" and (on is None or on > today):
        raise rules.PlanFaulty("on")
    if len(words) > rules.LONGEST:
        raise rules.PlanFaulty("words")


def _voice(plan: ChildPlan, said: VoiceSaid, now: datetime) -> PlanVoice:
    row = PlanVoice(id=uuid4(), plan=plan, dossier_id=plan.dossier_id, party=said.party, person_id=said.person, at=now)
    row.way, row.why_not, row.silent = said.way, said.why_not, said.silent
    if said.words.strip():
        row.sealed = seal_text(said.words.strip(), row=row.pk, **reading.plan_words(plan.dossier_id, PlanVoice))
    return row
