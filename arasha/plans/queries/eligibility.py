"""What is known of a child for the rules of eligibility, what the rules of a day answer, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from arasha.cases.queries import child_ages, concerns_of, place, risk_of
from arasha.cases.queries.frame import Place
from arasha.kernel.access.queries import may_read, names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.kernel.worktime.rules import local
from arasha.plans import rules
from arasha.plans.models import EligibilityDecision, EligibilityFact
from arasha.plans.queries.handed_in import HandedIn, handed_in


@dataclass(frozen=True)
class Stated:
    """What somebody found out: the newest row of a fact, and who; `before`: what was written earlier, newest first."""

    row: EligibilityFact
    who: str
    before: tuple["Stated", ...] = ()

    @property
    def fact(self) -> rules.Fact:
        """What it says."""
        return rules.Fact(frozenset({self.row.code} if self.row.code else ()), self.row.number)


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


@dataclass(frozen=True)
class Answered:
    """What a handed-in form says of a fact; `differs` where somebody wrote down something else by hand."""

    fact: rules.Fact
    source: HandedIn
    differs: bool = False


def facts_of(dossier: UUID, today: date) -> dict[str, rules.Fact]:
    """Return what is known, by code, as far as the reader may read it: from the file, from forms, and by hand.

    Where a form and a hand say something else, a rule is decided only where it would be decided alike by both.
    """
    facts: dict[str, rules.Fact] = {}
    if (ages := child_ages(dossier, today)) is not None:
        facts["age"] = rules.Fact(number=ages[0], highest=ages[1])
    concerns = frozenset(row.code for row in concerns_of(dossier) if row.ended_at is None)
    if concerns or may_read(dossier, Facet.CONCERN):
        facts["concern"] = rules.Fact(concerns, complete=False)
    if (risk := risk_of(dossier)) is not None:
        facts["risk"] = rules.Fact(frozenset({risk.level}))
    facts |= {code: stated.fact for code, stated in stated_of(dossier).items()}
    for code, answered in answered_of(dossier).items():
        left = rules.both(answered.fact, facts[code]) if answered.differs else answered.fact
        if left is None:
            del facts[code]
        else:
            facts[code] = left
    return facts


def answered_of(dossier: UUID) -> dict[str, Answered]:
    """Return what handed-in forms say, by fact, with whether it differs from what was written down by hand."""
    stated = stated_of(dossier)
    found: dict[str, Answered] = {}
    for one in handed_in(dossier, rules.ENTITLEMENT_FORMS):
        for code, fact in rules.entitlement_from(one.code, one.reading.answers or {}).items():
            found[code] = Answered(fact, one, code in stated and rules.differ(fact, stated[code].fact))
    return found


def stated_of(dossier: UUID) -> dict[str, Stated]:
    """Return what was found out by hand, the newest of each fact, with what was written before it."""
    rows = list(
        EligibilityFact.objects.filter(dossier=dossier).select_related("unit").order_by("place", "stated_at", "pk")
    )
    names = names_of(row.user_id for row in rows if row.user_id)
    found: dict[str, Stated] = {}
    for row in rows:
        if row.fact in rules.FACTS:
            before = found.get(row.fact)
            found[row.fact] = Stated(row, names.get(row.user_id or 0, ""), (before, *before.before) if before else ())
    return found


def last_place(dossier: UUID) -> int:
    """Return the place of the fact that was written last in a file; 0 where there is none."""
    return EligibilityFact.objects.filter(dossier=dossier).aggregate(last=Max("place"))["last"] or 0


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
