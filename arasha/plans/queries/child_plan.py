"""A child's plan as its reader may see it: goals, actions and how each stands, who agreed, who may own one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from arasha.cases import queries as cases
from arasha.kernel.access.models import Dossier, Unit, UnitFunction
from arasha.kernel.access.queries import bars_of, names_of, team_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.territory.queries import district_of
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.kernel.worktime.rules import local
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import FULFILLED, RUNNING, State
from arasha.people.models import Person, Standing
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal, PlanMark, PlanVoice

# Whom a lead may name besides the team; schools and clinics are many, they join through the assessment.
NAMEABLE = ("family_support", "social_protection", "guardianship", "coordination_district", "education_department")
CLOSED = frozenset({"alleged", "controlled", "rights_limited"})


@dataclass(frozen=True)
class MarkRead:
    """What somebody said became of a goal or an action, with their words (None: erased) and who it was."""

    row: PlanMark
    words: str | None
    who: str


@dataclass(frozen=True)
class ActionRead:
    """An action with its words (None: erased) and how it stands; `duty` is the newest one that came of it."""

    row: PlanAction
    words: str | None
    state: str
    late: bool
    duty: Obligation | None
    mark: MarkRead | None


@dataclass(frozen=True)
class GoalRead:
    """A goal with its words (None: erased), its actions and its newest mark."""

    row: PlanGoal
    words: str | None
    actions: list[ActionRead]
    mark: MarkRead | None


@dataclass(frozen=True)
class PlanRead:
    """One version of a plan; `person` is whose it is where it is held apart."""

    row: ChildPlan
    goals: list[GoalRead]
    voices: list[tuple[PlanVoice, str | None]]

    @property
    def actions(self) -> list[ActionRead]:
        """Every action, in the order of the goals."""
        return [one for goal in self.goals for one in goal.actions]


def plan_link(plan: UUID) -> str:
    """Return the address of one version of a plan."""
    return reverse("plans:plan", kwargs={"plan": plan})


def review_page(duty: Obligation) -> str:
    """Return where a plan is gone through again by who leads its file; nothing for others, who answer by themselves."""
    if duty.about is None or not ChildPlan.objects.filter(pk=duty.about).exists():
        return ""
    lead = Dossier.objects.values_list("lead_unit_id", flat=True).filter(pk=duty.dossier_id).first()
    return plan_link(duty.about) if lead == duty.unit_id else ""


def action_page(duty: Obligation) -> str:
    """Return the address of the plan in which an action stands, for who reads it; else nothing."""
    if duty.about is None:
        return ""
    plan = PlanAction.objects.filter(root=duty.about, plan__state="agreed").values_list("plan_id", flat=True).first()
    return plan_link(plan) if plan is not None else ""


def plan_words(dossier: UUID, model: type[Any]) -> Any:
    """Return where the vault keeps the words of a file's goals, actions, agreements and marks."""
    return cases.place(dossier, Facet.PLAN, model._meta.db_table)


def plans_of(dossier: UUID) -> list[ChildPlan]:
    """Return the versions of a file's plans, the child's own first, the newest before others; for who reads plans."""
    rows = ChildPlan.objects.filter(dossier=dossier).select_related("person", "unit").order_by("-number", "id")
    return sorted(rows, key=lambda row: (row.person_id is not None, str(row.person_id or "")))


def plan_row(plan: UUID) -> ChildPlan | None:
    """Return one version without what stands in it, or None: it is not there, for this reader or at all."""
    return ChildPlan.objects.filter(pk=plan).select_related("person", "unit").first()


def standing_plan(dossier: UUID, person: UUID | None = None) -> ChildPlan | None:
    """Return the agreed version of a file's plan, of the child or of who has one held apart."""
    return ChildPlan.objects.filter(dossier=dossier, person=person, state="agreed").first()


def plan_draft_of(dossier: UUID, person: UUID | None = None) -> ChildPlan | None:
    """Return the version that is being written, or None."""
    return ChildPlan.objects.filter(dossier=dossier, person=person, state="draft").first()


def plan_read(plan: UUID, now: datetime) -> PlanRead | None:
    """Return one version with everything that stands in it, opened with one read of the key store."""
    row = plan_row(plan)
    if row is None:
        return None
    goals = list(PlanGoal.objects.filter(plan=row, dropped=False).order_by("position", "id"))
    named = PlanAction.objects.filter(plan=row, dropped=False).select_related("owner_unit__body", "owner_person")
    actions = list(named.order_by("position", "id"))
    voices = list(PlanVoice.objects.filter(plan=row).select_related("person").order_by("party", "id"))
    marks = newest_marks([*(one.root for one in goals), *(one.root for one in actions)])
    words = _opened(row.dossier_id, [*goals, *actions, *voices, *marks.values()])
    who = names_of({mark.user_id for mark in marks.values() if mark.user_id})
    marked = {
        root: MarkRead(mark, words.get(mark.pk, ""), who.get(mark.user_id or 0, "")) for root, mark in marks.items()
    }
    duties = obligations.about([one.root for one in actions])
    read = [_action(one, words.get(one.pk), duties.get(one.root), marked.get(one.root), now) for one in actions]
    return PlanRead(
        row,
        [
            GoalRead(
                goal, words.get(goal.pk), [one for one in read if one.row.goal_id == goal.pk], marked.get(goal.root)
            )
            for goal in goals
        ],
        [(voice, words.get(voice.pk, "")) for voice in voices],
    )


def newest_marks(roots: Iterable[UUID]) -> dict[UUID, PlanMark]:
    """Return the newest mark of each goal or action, through all versions."""
    rows = PlanMark.objects.filter(root__in=list(roots)).select_related("unit").order_by("at", "id")
    return {row.root: row for row in rows}


def words_of_row(row: PlanGoal | PlanAction) -> str | None:
    """Return the words of one goal or action; None where they were erased."""
    return _opened(row.dossier_id, [row]).get(row.pk)


def words_of_rows(dossier: UUID, rows: Sequence[PlanGoal | PlanAction]) -> dict[UUID, str | None]:
    """Return the words of goals and actions by their ids."""
    return _opened(dossier, rows)


def action_state(row: PlanAction, duty: Obligation | None) -> str:
    """Return how an action stands: a unit's as its duty does, the child's or an adult's as somebody said."""
    if duty is None or row.owner != "unit":
        return row.state
    if State(duty.state) in FULFILLED:
        return "done"
    return "open" if State(duty.state) in RUNNING or duty.state == State.SUSPENDED.value else "not_done"


def late(row: PlanAction, state: str, duty: Obligation | None, now: datetime) -> bool:
    """Say whether an open action's day is over."""
    if state != "open":
        return False
    if duty is not None and State(duty.state) in RUNNING:
        return duty.due_now < now
    return duty is None and row.due_on is not None and row.due_on < local(now).date()


def adults_of(dossier: UUID, on: date) -> list[Person]:
    """Return the adults of a file who may agree for the child: nobody whose consent is closed (C21), no child."""
    rows = Person.objects.filter(dossier=dossier, ended_at=None, died=False).exclude(role__in=["child", "sibling"])
    grown = [row for row in rows.order_by("recorded_at", "id") if not _minor(row, on)]
    closed = closed_to(dossier, "consent")
    return [row for row in grown if row.pk not in closed]


def closed_to(dossier: UUID, matter: str) -> set[UUID]:
    """Return the people of a file to whom a matter is closed: alleged to have harmed, controlled, without the right."""
    newest: dict[UUID, Standing] = {}
    for row in Standing.objects.filter(dossier=dossier, matter=matter, ended_at=None).order_by("recorded_at", "id"):
        newest[row.person_id] = row
    return {person for person, row in newest.items() if not row.allowed}


def people_of_plan(dossier: UUID, on: date) -> list[Person]:
    """Return the adults of a file for whom a plan may be held apart, those who are alleged to have harmed too."""
    rows = Person.objects.filter(dossier=dossier, ended_at=None, died=False).exclude(role__in=["child", "sibling"])
    return [row for row in rows.order_by("recorded_at", "id") if not _minor(row, on)]


def owners_of(dossier: UUID, territory: str, now: datetime) -> list[Unit]:
    """Return the units that an action may name: those of the team first, then the bodies of the child's district.

    Left out are bodies that are barred from the file, and protected ones that are not on it.
    """
    day = local(now).date()
    team = {member.unit_id for member in team_of([dossier]) if member.unit_id is not None}
    barred = {bar.body_id for bar in bars_of(dossier) if bar.body_id is not None and bar.ended_at is None}
    district = district_of(territory)
    named: set[int] = set()
    if district is not None:
        held = UnitFunction.objects.filter(
            Q(until=None) | Q(until__gt=now), since__lte=now, function__in=NAMEABLE, territory=district.kato
        )
        named = set(held.filter(unit__body__protected=False).values_list("unit_id", flat=True))
    standing = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), pk__in=team | named, valid_from__lte=day)
    rows = standing.exclude(body__in=barred).select_related("body")
    return sorted(rows, key=lambda row: (row.pk not in team, row.name, row.pk))


def _action(
    row: PlanAction, words: str | None, duty: Obligation | None, mark: MarkRead | None, now: datetime
) -> ActionRead:
    state = action_state(row, duty)
    return ActionRead(row, words, state, late(row, state, duty, now), duty, mark)


def _minor(row: Person, on: date) -> bool:
    """Say whether a person is under 18 for certain."""
    return row.birth_first is not None and row.birth_first > on.replace(year=on.year - 18, day=min(on.day, 28))


def _opened(dossier: UUID, rows: Sequence[Any]) -> dict[UUID, str | None]:
    kept = [(row, bytes(row.sealed)) for row in rows if row.sealed is not None]
    texts = open_many([Sealed(blob, row=str(row.pk), **plan_words(dossier, type(row))) for row, blob in kept])
    return {row.pk: text for (row, _blob), text in zip(kept, texts, strict=True)}
