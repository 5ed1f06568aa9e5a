"""What is known of a child for the rules of eligibility, what the rules of a day answer, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from arasha.cases.queries import child_ages, concerns_of, place, risk_of
from arasha.cases.queries.frame import Place
from arasha.kernel.access.queries import may_read, names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.kernel.worktime.rules import local
from arasha.plans import rules
from arasha.plans.models import EligibilityDecision, EligibilityFact


@dataclass(frozen=True)
class Stated:
    """What somebody found out: the newest row of a fact, and who."""

    row: EligibilityFact
    who: str


@dataclass(frozen=True)
class Told:
    """A decision as a page shows it; `words` are empty where none were written, None where lawfully erased."""

    row: EligibilityDecision
    who: str
    words: str | None


@dataclass(frozen=True)
class WeighedRule:
    """A rule of a day, and what it answers for one child."""

    rule: rules.Eligibility
    decision: rules.Decision

    def lines(self) -> list[str]:
        """Return what came of each condition as codes, as a decision keeps it."""
        return [f"{line.condition.code}:{line.outcome}" for line in self.decision.lines if line.condition]


def decision_place(dossier: UUID) -> Place:
    """Return where the vault keeps words about decisions of a file."""
    return place(dossier, Facet.PLAN, "plans_eligibilitydecision")


def facts_of(dossier: UUID, today: date) -> dict[str, rules.Fact]:
    """Return what is known, by code: from the file as far as the reader may read it, and what was found out."""
    facts: dict[str, rules.Fact] = {}
    if (ages := child_ages(dossier, today)) is not None:
        facts["age"] = rules.Fact(number=ages[0], highest=ages[1])
    concerns = frozenset(row.code for row in concerns_of(dossier) if row.ended_at is None)
    if concerns or may_read(dossier, Facet.CONCERN):
        facts["concern"] = rules.Fact(concerns, complete=False)
    if (risk := risk_of(dossier)) is not None:
        facts["risk"] = rules.Fact(frozenset({risk.level}))
    for code, stated in stated_of(dossier).items():
        value = stated.row
        facts[code] = rules.Fact(frozenset({value.code} if value.code else ()), value.number)
    return facts


def stated_of(dossier: UUID) -> dict[str, Stated]:
    """Return what was found out by hand, the newest of each fact."""
    rows = list(EligibilityFact.objects.filter(dossier=dossier).select_related("unit").order_by("stated_at", "pk"))
    names = names_of(row.user_id for row in rows if row.user_id)
    return {row.fact: Stated(row, names.get(row.user_id or 0, "")) for row in rows if row.fact in rules.FACTS}


def weighed_rules(dossier: UUID, now: datetime) -> list[WeighedRule]:
    """Return each rule of today with its answer for the child of a file."""
    today = local(now).date()
    facts = facts_of(dossier, today)
    standing = rules.standing(rules.eligibility_rules(), today)
    return [WeighedRule(rule, rules.decide(rule, facts, today)) for rule in standing]


def weighed_rule(dossier: UUID, code: str, now: datetime) -> WeighedRule | None:
    """Return one rule of today with its answer; None where no version of it is in force."""
    return next((one for one in weighed_rules(dossier, now) if one.rule.code == code), None)


def decisions_of(dossier: UUID) -> list[Told]:
    """Return what was decided, the newest first."""
    rows = list(
        EligibilityDecision.objects.filter(dossier=dossier).select_related("unit").order_by("-recorded_at", "-pk")
    )
    names, kept = names_of(row.user_id for row in rows if row.user_id), decision_place(dossier)
    written = [row for row in rows if row.sealed is not None]
    opened = open_many([Sealed(bytes(row.sealed or b""), row=str(row.pk), **kept) for row in written])
    words = dict(zip((row.pk for row in written), opened, strict=True))
    return [Told(row, names.get(row.user_id or 0, ""), words.get(row.pk, "")) for row in rows]
