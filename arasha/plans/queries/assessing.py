"""Assessments as pages and other folders read them: what is owed, what is done, and what the reader may read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.queries import bars_of, team_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.worktime.rules import local
from arasha.people import queries as people
from arasha.plans import policy, rules
from arasha.plans.models import Assessment, AssessmentPart, ConfidentialityTold
from arasha.questionnaires import queries as forms

# Whoever only oversees a file, or is kept informed, is not drawn into the work by a question.
WORKING = frozenset({"lead", "partner", "obliged"})


@dataclass(frozen=True)
class Askable:
    """A unit that could be asked for a discipline. `joins`: it becomes a partner in the file by it."""

    unit: Unit
    joins: bool


@dataclass(frozen=True)
class PartRead:
    """One part for a reader: `reads` says whether its words are there for them, `own` whether they write it."""

    row: AssessmentPart
    standing: rules.Standing
    own: bool
    reads: bool


@dataclass(frozen=True)
class AssessmentRead:
    """An assessment with its parts, as far as the reader sees that they exist."""

    row: Assessment
    case: Case
    parts: list[PartRead] = field(default_factory=list)

    @property
    def owed(self) -> list[PartRead]:
        """The parts that are not done."""
        return [part for part in self.parts if part.standing is not rules.Standing.DONE]


def assessment_link(dossier: UUID) -> str:
    """Return the address of a case's assessment."""
    return reverse("plans:assessment", kwargs={"dossier": dossier})


def part_link(part: UUID) -> str:
    """Return the address of one part."""
    return reverse("plans:part", kwargs={"part": part})


def case_of(actor: Actor, dossier: UUID) -> Case | None:
    """Return the case of a file, or None: it is not there for the actor, or the file is no case."""
    return cases.of_dossiers([dossier]).get(dossier) if cases.file(actor, dossier) else None


def lead_of(dossier: UUID) -> int | None:
    """Return the unit that leads the case of a file, for who may know."""
    case = cases.of_dossiers([dossier]).get(dossier)
    return case.lead_unit_id if case is not None else None


def assessment_of(actor: Actor, dossier: UUID) -> Assessment | None:
    """Return the newest assessment of a case, or None."""
    rows = policy.visible_assessments(actor).filter(dossier=dossier).select_related("unit")
    return rows.order_by("-opened_at").first()


def part_of(actor: Actor, part: UUID) -> AssessmentPart | None:
    """Return one part, or None: it is not there, for the actor or at all."""
    rows = AssessmentPart.objects.select_related("assessment", "unit")
    found = rows.filter(pk=part, assessment__in=policy.visible_assessments(actor)).first()
    return found if found is not None and cases.file(actor, found.dossier_id) else None


def read(actor: Actor, dossier: UUID, now: datetime) -> AssessmentRead | None:
    """Return the newest assessment of a case with its parts, or None."""
    case = case_of(actor, dossier)
    row = assessment_of(actor, dossier) if case else None
    if row is None or case is None:
        return None
    on_team = {member.unit_id for member in team_of([dossier])}
    parts = AssessmentPart.objects.filter(assessment=row).exclude(state="passed_on").select_related("unit")
    ordered = list(parts.order_by("asked_at", "discipline", "id"))
    responses = {part.response_id for part in ordered if part.response_id}
    readable = forms.readable(responses)
    return AssessmentRead(
        row,
        case,
        [
            PartRead(
                part,
                rules.standing_of(part.state, part.by_when, now, on_team=part.unit_id in on_team),
                own=part.unit_id == actor.unit_id,
                reads=part.response_id in readable,
            )
            for part in ordered
        ],
    )


def offered(age: int | None, now: datetime) -> list[rules.Discipline]:
    """Return the disciplines whose form is in force, and that are asked about a child of this age."""
    return [one for one in rules.disciplines() if one.suits(age) and facet_of(one, now) is not None]


def facet_of(discipline: rules.Discipline, now: datetime) -> Facet | None:
    """Return under which facet a discipline's words lie; None while its form is not in force."""
    published = forms.current(discipline.form, now)
    return Facet[published.about.facet.upper()] if published else None


def askable(dossier: UUID, discipline: rules.Discipline, now: datetime) -> list[Askable]:
    """Return the units of a file's team that may be asked for a discipline: by function, and by facet.

    A unit that owes something in the file becomes a partner when it is asked. Units of a body that is barred
    from the file are left out. For who leads the file.
    """
    facet = facet_of(discipline, now)
    if facet is None:
        return []
    writes: dict[int, int] = {}
    works = set()
    for member in team_of([dossier]):
        if member.unit_id is not None:
            writes[member.unit_id] = writes.get(member.unit_id, 0) | member.writes
            works |= {member.unit_id} if member.part in WORKING else set()
    barred = {bar.body_id for bar in bars_of(dossier) if bar.body_id is not None}
    found = []
    for unit, functions in _with_functions(list(writes), now):
        if not functions & discipline.functions or unit.body_id in barred:
            continue
        if rules.takes_part(writes[unit.pk], functions, facet):
            found.append(Askable(unit, joins=False))
        elif unit.pk in works and rules.becomes_partner(functions, facet):
            found.append(Askable(unit, joins=True))
    return found


def _with_functions(units: Sequence[int], now: datetime) -> list[tuple[Unit, set[str]]]:
    held = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), unit__in=units, since__lte=now)
    functions: dict[int, set[str]] = {}
    for unit, function in held.values_list("unit_id", "function_id"):
        functions.setdefault(unit, set()).add(function)
    day = local(now).date()
    rows = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), pk__in=functions).order_by("pk")
    return [(unit, functions[unit.pk]) for unit in rows]


def child_age(dossier: UUID, now: datetime) -> int | None:
    """Return how old the child is today, by the birth that is written down, else by what was said at the opening."""
    child, today = people.child_of(dossier), local(now).date()
    if child is not None and child.birth_first and child.birth_last:
        middle = child.birth_first + (child.birth_last - child.birth_first) / 2
        return today.year - middle.year - ((today.month, today.day) < (middle.month, middle.day))
    case = cases.of_dossiers([dossier]).get(dossier)
    return case.child_age if case else None


def said_before(case: Case) -> list[cases.Said]:
    """Return what the child said, in the case and in the signals it grew from, the newest first; by the reader's
    facets."""
    found = [said for dossier in [case.dossier_id, *cases.origins(case)] for said in cases.words_of(dossier)]
    return sorted(found, key=lambda said: said.row.said_at, reverse=True)


def told_of(part: AssessmentPart) -> ConfidentialityTold | None:
    """Return how the adolescent was last told what is confidential, for one part."""
    rows = ConfidentialityTold.objects.filter(part=part).select_related("unit")
    return rows.order_by("-told_at", "-id").first()


def must_tell(part: AssessmentPart, now: datetime) -> bool:
    """Say whether the adolescent has to be told first, and nobody wrote down that they were."""
    discipline = rules.discipline(part.discipline)
    return rules.asks_the_child(discipline, child_age(part.dossier_id, now)) and told_of(part) is None


def apart_of(part: AssessmentPart) -> AssessmentPart | None:
    """Return the part that an adolescent wished to have kept apart beside this one, for who may see that it exists."""
    apart = rules.discipline(part.discipline).apart
    if not apart:
        return None
    rows = AssessmentPart.objects.filter(assessment=part.assessment_id, discipline=apart, unit=part.unit_id)
    return rows.exclude(state="passed_on").first()


@dataclass(frozen=True)
class AssessmentPanel:
    """An assessment as the case's page shows it: where it stands, and the address. `state` "" where there is none."""

    url: str
    state: str
    done: int
    owed: int
    late: int
    next_day: date | None
    next_units: list[str]


def assessment_panel(actor: Actor, dossier: UUID, now: datetime) -> AssessmentPanel:
    """Return where the assessment of a case stands, by the parts whose existence the reader may know."""
    found = read(actor, dossier, now)
    if found is None:
        return AssessmentPanel(assessment_link(dossier), "", 0, 0, 0, None, [])
    owed = sorted(found.owed, key=lambda part: part.row.by_when)
    soonest = [part for part in owed if part.row.by_when == owed[0].row.by_when]
    late = [part for part in owed if part.standing in {rules.Standing.LATE, rules.Standing.LEFT}]
    return AssessmentPanel(
        url=assessment_link(dossier),
        state=found.row.state,
        done=len(found.parts) - len(owed),
        owed=len(owed),
        late=len(late),
        next_day=owed[0].row.by_when if owed else None,
        next_units=[part.row.unit.name for part in soonest],
    )
