"""Whom a report reaches: who coordinates, who would be told, and what the choice of way and of barred people means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from arasha.cases.queries import COORDINATION, coordination_of
from arasha.kernel.access.models import Body, Post, Unit
from arasha.kernel.access.queries import body_for, names_of, post_holders, supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.queries import lines_at, within
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.rules import local
from arasha.signals import rules
from arasha.signals.queries.institutions import in_time, institution_of, meant_by

# Where no place is known, whoever is there for the whole country and reads what was said; also where no coordination
# may know: a report is never without an owner as long as somebody answers the telephone.
HELPLINE = "helpline"
# Whom procedures on violence against a child tell first, by function; the unit above the police hears of silence.
TOLD = ("juvenile_inspection", "guardianship", "commission_minors", "social_protection")


@dataclass(frozen=True)
class Told:
    """Somebody whom a report reaches: user, name, and the seat they hold."""

    user: int
    name: str
    seat: str


@dataclass(frozen=True)
class Plan:
    """What becomes of a report's choices: who is kept from the file, which way it goes, which bodies may be told.

    `school` and `clinic` are what the file may say of the child's; `institution` the body in which it happened, which
    the file names whoever told: somebody must go there. `hindering` is the body of the police unit that refused a
    statement or presses to withdraw one. `units` says which unit stands for a role.
    """

    way: str
    barred_users: frozenset[int]
    barred_bodies: frozenset[int]
    school: Unit | None
    clinic: Unit | None
    school_code: str
    clinic_code: str
    suspect_works: str
    institution: int | None = None
    hindering: int | None = None
    units: Mapping[str, Unit] = field(default_factory=dict)


def would_be_told(territory: str, at: datetime) -> list[Told]:
    """Return those whom a report about a child of this territory reaches first, in order of their names."""
    units: list[Unit | None] = [body_for(function, territory, at) for function in TOLD]
    units += [supervisor_of(units[0], at) if units[0] else None, coordination_of(territory, at)]
    posts = [post for unit in dict.fromkeys(units) if unit for post in post_holders(unit, at).select_related("unit")]
    names = names_of(dict.fromkeys(post.holder_id for post in posts if post.holder_id))
    seats = {post.holder_id: f"{post.title}, {post.unit.name}" for post in reversed(posts)}
    return sorted((Told(user, name, seats[user]) for user, name in names.items()), key=lambda told: told.name)


def places(function: str, territory: str, at: datetime) -> list[Unit]:
    """Return the schools, or the clinics, of a territory: of each body the unit that stands above its others."""
    serving = in_time(at).filter(function=function, territory__in=within(territory).values("kato"))
    units = {row.unit_id: row.unit for row in serving.select_related("unit__body")}
    tops = [unit for unit in units.values() if unit.parent_id not in units or _other_body(unit, units)]
    return sorted(_one_a_body(tops), key=lambda unit: unit.name)


def head_of(actor: Actor, at: datetime) -> Unit | None:
    """Return the unit through whose head a report of this post would go: the topmost of its body with its function."""
    own = Unit.objects.filter(pk=actor.unit_id or 0).select_related("body").first()
    functions = rules.functions_of(door) if (door := rules.door_for(actor.functions)) else frozenset()
    if own is None or not functions:
        return None
    serving = in_time(at).filter(function__in=functions, unit__body=own.body_id)
    units = {row.unit_id: row.unit for row in serving.select_related("unit__body")}
    while own.parent_id in units:
        own = units[own.parent_id]
    return own


def owners_of(territory: str) -> tuple[str, ...]:
    """Return the functions that own a signal of a place, the nearest first."""
    return (HELPLINE, "coordination_nation") if territory == NATION else (*COORDINATION, HELPLINE)


def readers_in(unit: Unit, at: datetime) -> int:
    """Return how many people hold a post in a unit: so many read what it is told."""
    return held_posts(at).filter(unit=unit).order_by().values("holder").distinct().count()


def colleagues_in(body: int | None, at: datetime) -> int:
    """Return how many people hold a post in a body: so few or so many may guess who told."""
    return held_posts(at).filter(unit__body=body).order_by().values("holder").distinct().count() if body else 0


def bodies_of(territory: str, at: datetime) -> list[Body]:
    """Return the bodies that serve a territory, by name, where a suspect may work; no refuge, or this would find it."""
    serving = in_time(at).filter(territory__in=within(territory).values("kato"))
    found = Body.objects.filter(pk__in=serving.values("unit__body"), protected=False)
    return sorted(found, key=lambda body: body.name)


def police_units(territory: str, at: datetime) -> list[Unit]:
    """Return the police units that serve a territory, part of it, or what it lies in, by name."""
    line = [place.kato for place in lines_at({territory}, local(at).date())[territory]]
    there = Q(territory__in=within(territory).values("kato")) | Q(territory__in=line)
    serving = in_time(at).filter(there, function__in=rules.POLICE).select_related("unit")
    return sorted({row.unit for row in serving}, key=lambda unit: unit.name)


def body_of_police(unit: int, at: datetime) -> int | None:
    """Return the body of a police unit; None for any other unit."""
    found = in_time(at).filter(unit=unit, function__in=rules.POLICE).select_related("unit").first()
    return found.unit.body_id if found else None


def plan_of(actor: Actor, report: rules.Report, at: datetime) -> Plan:
    """Return what becomes of a report's choices.

    A body where the suspect works, or in which it happened, is barred and not told; when it is the reporter's own, or
    nobody knows which body it is in which it happened, the head is passed by. On
    the direct way the reporter's own organisation is neither named in the file nor told, as the child's school or
    clinic either: naming it there would say who told.
    """
    school = _place("education_school", report.school, report.territory, at)
    clinic = _place("health_care", report.clinic, report.territory, at)
    school_body, clinic_body = (place.body_id if place else None for place in (school, clinic))
    works = {"school": school_body, "clinic": clinic_body, "own": actor.body_id, "other": report.suspect_body}
    institution = institution_of(report, school_body, at)
    barred = frozenset({body for body in [works.get(report.suspect_works), institution] if body}) | meant_by(report, at)
    hindering = body_of_police(report.hindered_by, at) if report.hindered_by else None
    may_pass = actor.body_id not in barred | {hindering} and (institution is not None or not report.happened_in)
    head = head_of(actor, at) if report.way == "through_head" and may_pass else None
    secret = frozenset() if head else frozenset({actor.body_id})
    shown_school, school_code = _shown(school, secret, barred)
    shown_clinic, clinic_code = _shown(clinic, secret, barred)
    roles = {
        "reporting_body": head,
        "school_of_the_child": shown_school if school_code == "known" else None,
        "clinic_of_the_child": shown_clinic if clinic_code == "known" else None,
    }
    return Plan(
        way="through_head" if head else "direct",
        barred_users=frozenset(report.barred_users) | _named(report, at),
        barred_bodies=barred,
        school=shown_school,
        clinic=shown_clinic,
        school_code=school_code,
        clinic_code=clinic_code,
        suspect_works=_works(report.suspect_works, shown_school, shown_clinic),
        institution=institution,
        hindering=hindering,
        units={role: unit for role, unit in roles.items() if unit},
    )


def _named(report: rules.Report, at: datetime) -> frozenset[int]:
    """Return those of whom the report reaches whose name stands among those who must not know."""
    if not report.must_not_know.strip():
        return frozenset()
    told = would_be_told(report.territory, at)
    return frozenset(one.user for one in told if rules.stands_in(one.name, report.must_not_know))


def _shown(unit: Unit | None, secret: frozenset[int | None], barred: frozenset[int]) -> tuple[Unit | None, str]:
    if unit is None or unit.body_id in secret:
        return None, "unknown"
    return unit, "suspect_works_there" if unit.body_id in barred else "known"


def _works(said: str, school: Unit | None, clinic: Unit | None) -> str:
    """Return where the suspect works as the file may say it: never "where the reporter works"."""
    if said == "own" or (said == "school" and school is None) or (said == "clinic" and clinic is None):
        return "other"
    return said


def _place(function: str, wanted: int | None, territory: str, at: datetime) -> Unit | None:
    if wanted is None:
        return None
    return next((unit for unit in places(function, territory, at) if unit.pk == wanted), None)


def _one_a_body(units: Iterable[Unit]) -> list[Unit]:
    found: dict[int, Unit] = {}
    for unit in sorted(units, key=lambda unit: unit.pk):
        found.setdefault(unit.body_id, unit)
    return list(found.values())


def _other_body(unit: Unit, units: Mapping[int, Unit]) -> bool:
    return unit.parent_id is not None and units[unit.parent_id].body_id != unit.body_id


def held_posts(at: datetime) -> QuerySet[Post]:
    """Return the posts that somebody holds at a moment."""
    return Post.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at).exclude(holder=None).order_by("id")
