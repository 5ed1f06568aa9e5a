"""Writing a child's plan together: goals and actions of a draft, each saved by itself, so that no words are lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations import queries as obligations
from arasha.plans import policy
from arasha.plans.actions.obliging import oblige_at_once
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules import child_plan as rules
from arasha.plans.rules.child_plan import ActionSaid, GoalSaid


class PlanNotThere(LookupError):
    """There is no such plan, goal or action for this actor, or it is no draft any more."""


class RowChanged(Exception):
    """A colleague changed the same goal or action since the page was opened; nothing was kept."""


class PlanFull(ValueError):
    """A plan has as many goals or actions as it may: what nobody can read through is no plan."""


class OwnerNotThere(LookupError):
    """Who is named as owner is not there for this file: a unit that is barred or gone, a person of another file."""


@dataclass(frozen=True)
class Edit:
    """Which goal or action is written: its id (a page makes that of a new one), and the revision that the page showed.

    `seen` 0: it is new. `drop`: it is left out of the plan.
    """

    row: UUID
    seen: int = 0
    drop: bool = False


def begin_plan(*, actor: Actor, dossier: UUID, now: datetime, person: UUID | None = None) -> ChildPlan:
    """Begin the next version of a child's plan, or of the one held apart for an adult; what is open comes along.

    Where one is being written already, that one is returned.

    Raises:
        FileNotThere: the file is not there for this actor, is no open case, or its plans are not theirs to write.
        OwnerNotThere: the person is no adult of this file.
    """
    with transaction.atomic():
        if not policy.may_write_plan(actor, dossier):
            raise FileNotThere
        if person is not None and person not in {one.pk for one in reading.people_of_plan(dossier, local(now).date())}:
            raise OwnerNotThere
        begun = reading.plan_draft_of(dossier, person)
        if begun is not None:
            return begun
        told = {"facet": Facet.PLAN, "unit": actor.unit_id}
        with act(verb="begin_plan", stream=dossier_stream(dossier), now=now, codes=told):
            # The act holds the file's stream: whoever began at the same moment has begun by now, or waits.
            begun = reading.plan_draft_of(dossier, person)
            if begun is None:
                return _begun(actor, dossier, person, now)
    return begun


@sensitive_variables()
def put_goal(*, actor: Actor, plan: UUID, said: GoalSaid, edit: Edit, now: datetime) -> PlanGoal:
    """Write a goal into a draft, change one, or drop it; what is dropped can be taken up again.

    Raises PlanNotThere, RowChanged, PlanFull; PlanFaulty (`rules.check_goal`).
    """
    rules.check_goal(said)
    with _writing(actor, plan, "put_goal", now) as draft:
        row = PlanGoal.objects.filter(pk=edit.row, plan=draft).first() or _new_goal(draft, edit)
        if row.revision != edit.seen:
            raise RowChanged
        row.need, row.voice, row.dropped, row.revision = said.need, said.voice, edit.drop, row.revision + 1
        row.sealed = seal_text(said.words.strip(), row=row.pk, **reading.plan_words(draft.dossier_id, PlanGoal))
        row.save(force_insert=row.revision == 1)
    return row


@sensitive_variables()
def put_action(*, actor: Actor, plan: UUID, goal: UUID, said: ActionSaid, edit: Edit, now: datetime) -> PlanAction:
    """Write an action into a draft, change one, or drop it; owner and day may still be open.

    `at_once` obliges its unit now: urgent help waits for no agreement. Such a one keeps its unit and day.

    Raises PlanNotThere, RowChanged, PlanFull, OwnerNotThere; PlanFaulty (`rules.check_action`).
    """
    rules.check_action(said, local(now).date())
    with transaction.atomic():
        with _writing(actor, plan, "put_action", now) as draft:
            if not PlanGoal.objects.filter(pk=goal, plan=draft, dropped=False).exists():
                raise PlanNotThere
            row = PlanAction.objects.filter(pk=edit.row, plan=draft).first() or _new_action(draft, goal, edit)
            if row.revision != edit.seen:
                raise RowChanged
            _check_owner(draft, said, row, now)
            row.goal_id, row.service, row.due_on, row.dropped = goal, said.service, said.due_on, edit.drop
            row.owner, row.owner_unit_id, row.owner_person_id = said.owner, said.unit, said.person
            row.revision, row.at_once = row.revision + 1, row.at_once or (said.at_once and not edit.drop)
            row.sealed = seal_text(said.words.strip(), row=row.pk, **reading.plan_words(draft.dossier_id, PlanAction))
            row.save(force_insert=row.revision == 1)
        if row.at_once and not row.dropped:
            oblige_at_once(actor, row, said.words, now)
    return row


def lay_aside(*, actor: Actor, plan: UUID, now: datetime) -> ChildPlan:
    """Lay a draft aside; it stays readable, and another can be begun. What it owes at once stays owed.

    Raises PlanNotThere.
    """
    with _writing(actor, plan, "lay_plan_aside", now) as draft:
        draft.state, draft.ended_at = "laid_aside", now
        draft.save(update_fields=["state", "ended_at"])
    return draft


def print_plan(*, actor: Actor, plan: UUID, now: datetime) -> ChildPlan:
    """Note that a version is printed for the child or the family. Raises PlanNotThere."""
    row = reading.plan_row(plan)
    if row is None or actor.unit_id is None or not policy.may_see_whole(actor, row.dossier_id):
        raise PlanNotThere
    told = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": row.number}
    with transaction.atomic(), act(verb="print_plan", stream=dossier_stream(row.dossier_id), now=now, codes=told):
        pass
    return row


@contextmanager
def _writing(actor: Actor, plan: UUID, verb: str, now: datetime) -> Iterator[ChildPlan]:
    """Hold a draft while something is written into it, in one act; count the edit. Raises PlanNotThere."""
    found = reading.plan_row(plan)
    if found is None or not policy.may_write_plan(actor, found.dossier_id):
        raise PlanNotThere
    codes = {"facet": Facet.PLAN, "unit": actor.unit_id, "version": found.number}
    with transaction.atomic(), act(verb=verb, stream=dossier_stream(found.dossier_id), now=now, codes=codes):
        draft = ChildPlan.objects.select_for_update(of=("self",)).filter(pk=plan, state="draft").first()
        if draft is None:
            raise PlanNotThere
        yield draft
        draft.edits += 1
        draft.save(update_fields=["edits"])


def _begun(actor: Actor, dossier: UUID, person: UUID | None, now: datetime) -> ChildPlan:
    """Put down the next version, with the goals and open actions of the one that stands."""
    before = reading.standing_plan(dossier, person)
    numbers = ChildPlan.objects.filter(dossier=dossier, person=person).order_by("-number")
    number = (numbers.values_list("number", flat=True).first() or 0) + 1
    row = ChildPlan(id=uuid4(), dossier_id=dossier, person_id=person, number=number, begun_at=now)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    row.save(force_insert=True)
    if before is not None:
        _carry_over(before, row)
    return row


def _carry_over(before: ChildPlan, row: ChildPlan) -> None:
    goals = list(PlanGoal.objects.filter(plan=before, dropped=False).order_by("position"))
    actions = list(PlanAction.objects.filter(plan=before, dropped=False).order_by("position"))
    duties = obligations.about([one.root for one in actions])
    still = [one for one in actions if reading.action_state(one, duties.get(one.root)) == "open"]
    words = reading.words_of_rows(before.dossier_id, [*goals, *still])
    copies: dict[UUID, UUID] = {}
    for old in goals:
        was = old.pk
        copies[was] = _copied(old, row, words[was]).pk
    for action in still:
        action.goal_id = copies[action.goal_id]
        _copied(action, row, words[action.pk])


def _copied(old: Any, plan: ChildPlan, words: str | None) -> Any:
    """Put a goal or an action of the version before into the next one, its words sealed anew for their new row."""
    old.pk, old.plan, old.revision = uuid4(), plan, 1
    old.sealed = seal_text(words or "–", row=old.pk, **reading.plan_words(plan.dossier_id, type(old)))
    old.save(force_insert=True)
    return old


def _new_goal(draft: ChildPlan, edit: Edit) -> PlanGoal:
    if edit.seen or PlanGoal.objects.filter(pk=edit.row).exists():
        raise PlanNotThere
    here = PlanGoal.objects.filter(plan=draft).count()
    if here >= rules.MOST_GOALS:
        raise PlanFull
    return PlanGoal(id=edit.row, plan=draft, dossier_id=draft.dossier_id, root=edit.row, position=here + 1, revision=0)


def _new_action(draft: ChildPlan, goal: UUID, edit: Edit) -> PlanAction:
    if edit.seen or PlanAction.objects.filter(pk=edit.row).exists():
        raise PlanNotThere
    here = PlanAction.objects.filter(plan=draft).count()
    if here >= rules.MOST_ACTIONS:
        raise PlanFull
    row = PlanAction(id=edit.row, plan=draft, goal_id=goal, dossier_id=draft.dossier_id, root=edit.row, revision=0)
    row.position = here + 1
    return row


def _check_owner(draft: ChildPlan, said: ActionSaid, row: PlanAction, now: datetime) -> None:
    """Raise OwnerNotThere for an owner who is not there, PlanFaulty where an action that is owed changes its owner."""
    if said.unit is not None:
        case = policy.open_case(draft.dossier_id)
        if case is None or said.unit not in {
            one.pk for one in reading.owners_of(draft.dossier_id, case.territory_id, now)
        }:
            raise OwnerNotThere
    if said.person is not None:
        day = local(now).date()
        if said.person not in {one.pk for one in reading.people_of_plan(draft.dossier_id, day)}:
            raise OwnerNotThere
    if row.at_once and (said.owner, said.unit, said.due_on) != (row.owner, row.owner_unit_id, row.due_on):
        raise rules.PlanFaulty("owner")
