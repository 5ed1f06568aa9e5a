"""What the page of a file shows of risk and plans, as far as the reader's facets reach."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from arasha.cases.models import RiskJudgement
from arasha.cases.queries import risk_of
from arasha.cases.rules import RISKS
from arasha.kernel.access.queries import may_read
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.plans.models import SafetyPlan
from arasha.plans.queries.risk import answers_owed
from arasha.plans.queries.safety_plan import newest_plan


@dataclass(frozen=True)
class Panel:
    """Risk and plan of a file; `reads_risk`, `reads_plan` say what the reader may know at all."""

    reads_risk: bool
    reads_plan: bool
    risk: RiskJudgement | None
    owed: Obligation | None
    plan: SafetyPlan | None
    today: date
    now: datetime

    @property
    def level(self) -> str:
        """The level, in the reader's language."""
        return RISKS.label(self.risk.level) if self.risk else ""

    @property
    def respond_late(self) -> bool:
        """Whether an answer is owed and its moment has passed."""
        return self.owed is not None and self.owed.due_now < self.now

    @property
    def risk_review_late(self) -> bool:
        """Whether the risk was to be judged again before today."""
        return self.risk is not None and self.risk.again_on < self.today

    @property
    def plan_review_late(self) -> bool:
        """Whether the plan was to be gone through before today."""
        return self.plan is not None and self.plan.review_on < self.today


def link(dossier: UUID, subject: str) -> str:
    """Return the address of a page about a file: `risk`, `safety-plan` or `eligibility`."""
    return f"/plans/{dossier}/{subject}/"


def panel_of(dossier: UUID, now: datetime) -> Panel:
    """Return what the page of a file shows of risk and plans."""
    reads_risk, reads_plan = may_read(dossier, Facet.CONCERN), may_read(dossier, Facet.PLAN)
    owed = answers_owed(dossier)
    return Panel(
        reads_risk=reads_risk,
        reads_plan=reads_plan,
        risk=risk_of(dossier) if reads_risk else None,
        owed=owed[0] if owed and reads_risk else None,
        plan=newest_plan(dossier) if reads_plan else None,
        today=local(now).date(),
        now=now,
    )
