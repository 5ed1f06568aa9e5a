"""What the page of a file shows of risk and plans, as far as the reader's facets reach, by one question."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, F, Func, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from arasha.cases.models import RiskJudgement
from arasha.cases.rules import RISKS, rank
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.plans.models import ChildPlan, SafetyPlan, ServicePlace
from arasha.plans.queries.risk import duties_to_answer
from arasha.plans.rules.places import NOT_BEGUN, RUNNING


@dataclass(frozen=True)
class Panel:
    """Risk and plan of a file; `reads_risk`, `reads_plan` say what the reader may know at all, `asks` whether they may
    ask a specialist.

    `risk` is the level's code; without a judgement or a plan the fields of it are empty.
    """

    now: datetime
    reads_risk: bool = False
    reads_plan: bool = False
    reads_whole: bool = False
    risk: str = ""
    risk_again_on: date | None = None
    respond_by: datetime | None = None
    plan_number: int | None = None
    plan_review_on: date | None = None
    help_number: int | None = None
    help_review_on: date | None = None
    help_drafted: bool = False
    places_begun: int = 0
    places_waiting: int = 0
    places_late: int = 0
    places_ending: int = 0
    asks: bool = False

    @property
    def level(self) -> str:
        """The level, in the reader's language."""
        return RISKS.label(self.risk) if self.risk else ""

    @property
    def respond_late(self) -> bool:
        """Whether an answer is owed and its moment has passed."""
        return self.respond_by is not None and self.respond_by < self.now

    @property
    def risk_review_late(self) -> bool:
        """Whether the risk was to be judged again before today."""
        return self._passed(self.risk_again_on)

    @property
    def plan_review_late(self) -> bool:
        """Whether the plan was to be gone through before today."""
        return self._passed(self.plan_review_on)

    @property
    def help_review_late(self) -> bool:
        """Whether the individual plan was to be gone through before today."""
        return self._passed(self.help_review_on)

    def _passed(self, day: date | None) -> bool:
        return day is not None and day < local(self.now).date()


def link(dossier: UUID, subject: str) -> str:
    """Return the address of a page about a file: `risk`, `safety-plan` or `eligibility`."""
    return f"/plans/{dossier}/{subject}/"


def panel_of(dossier: UUID, now: datetime) -> Panel:
    """Return what the page of a file shows of risk and plans; row security keeps what the reader may not know."""
    helps = ChildPlan.objects.filter(dossier=OuterRef("pk"), person=None)
    agreed = helps.filter(state="agreed")
    plans = SafetyPlan.objects.filter(dossier=OuterRef("pk")).order_by("-number")
    found = (
        Dossier.objects.filter(pk=dossier)
        .annotate(
            reads_risk=_may_read(Facet.CONCERN),
            reads_plan=_may_read(Facet.PLAN),
            reads_whole=Func(F("pk"), template="access.reads_plan(%(expressions)s)", output_field=BooleanField()),
            risk=Subquery(_judgements().values("level")[:1]),
            risk_again_on=Subquery(_judgements().values("again_on")[:1]),
            respond_by=Subquery(duties_to_answer().filter(dossier=OuterRef("pk")).values("due_now")[:1]),
            asks=Case(When(kind="case", then=_may_write(Facet.OBLIGATIONS)), default=Value(False)),
            plan_number=Subquery(plans.values("number")[:1]),
            plan_review_on=Subquery(plans.values("review_on")[:1]),
            help_number=Subquery(agreed.values("number")[:1]),
            help_review_on=Subquery(agreed.values("review_on")[:1]),
            help_drafted=Exists(helps.filter(state="draft")),
            places_begun=_places(state="begun"),
            places_waiting=_places(state__in=NOT_BEGUN),
            places_late=_places(state__in=NOT_BEGUN, due_at__lt=now),
            places_ending=_places(state__in=RUNNING, hand_over_at__isnull=False),
        )
        .values(*(one.name for one in fields(Panel) if one.name != "now"))
        .first()
    )
    if found is None:
        return Panel(now)
    if not found["reads_risk"]:
        found |= {"risk": "", "risk_again_on": None, "respond_by": None}
    return Panel(now, **found | {"risk": found["risk"] or ""})


def _places(**conditions: Any) -> Coalesce:
    """Count a file's places, inside the one question; row security leaves out what the reader may not know."""
    rows = ServicePlace.objects.filter(dossier=OuterRef("pk"), **conditions).order_by().values("dossier")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def _may_read(facet: Facet) -> Func:
    return Func(
        F("pk"), Value(int(facet)), template="access.may_read(%(expressions)s::smallint)", output_field=BooleanField()
    )


def _may_write(facet: Facet) -> Func:
    return Func(
        F("pk"), Value(int(facet)), template="access.may_write(%(expressions)s::smallint)", output_field=BooleanField()
    )


def _judgements() -> QuerySet[RiskJudgement, Any]:
    """Return a file's judgements, the newest first; of two at one moment the higher first (as `cases.risks_of`)."""
    height = Case(*(When(level=row.code, then=rank(row.code)) for row in RISKS))
    return RiskJudgement.objects.filter(dossier=OuterRef("pk")).order_by("-judged_at", height.desc(), "-pk")
