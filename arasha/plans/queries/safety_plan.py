"""Reading safety plans: every version with its lines, opened for who may read plans in the file."""

from dataclasses import dataclass
from uuid import UUID

from arasha.cases.models import Case, HouseholdChild
from arasha.cases.queries import place
from arasha.cases.queries.frame import Place
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.people.models import Person
from arasha.plans.models import SafetyPlan, SafetyPlanItem
from arasha.plans.rules import Item


@dataclass(frozen=True)
class Version:
    """One version of a plan: its row, its lines in their order, who made it; `erased` lines were lawfully erased."""

    row: SafetyPlan
    items: tuple[Item, ...]
    who: str
    erased: int = 0


def item_place(dossier: UUID) -> Place:
    """Return where the vault keeps the lines of plans of a file."""
    return place(dossier, Facet.PLAN, "plans_safetyplanitem")


def newest_number(dossier: UUID) -> int:
    """Return the number of the newest version of a file's plan; 0 where there is none."""
    return SafetyPlan.objects.filter(dossier=dossier).order_by("-number").values_list("number", flat=True).first() or 0


def newest_plan(dossier: UUID) -> SafetyPlan | None:
    """Return the newest version of a file's safety plan without its lines, as far as the reader may know."""
    return SafetyPlan.objects.filter(dossier=dossier).order_by("-number").first()


def plan_versions(dossier: UUID) -> list[SafetyPlan]:
    """Return the versions of a file's plan without their lines, the newest first."""
    return list(SafetyPlan.objects.filter(dossier=dossier).select_related("unit").order_by("-number"))


def plan_version(dossier: UUID, number: int) -> Version | None:
    """Return one version with its lines, or None: it is not there, for this reader or at all."""
    row = SafetyPlan.objects.filter(dossier=dossier, number=number).select_related("unit").first()
    if row is None:
        return None
    lines = list(SafetyPlanItem.objects.filter(plan=row).order_by("position"))
    kept = item_place(dossier)
    words = open_many([Sealed(bytes(line.sealed), row=str(line.pk), **kept) for line in lines])
    items = tuple(
        Item(line.kind, text, line.due_on) for line, text in zip(lines, words, strict=True) if text is not None
    )
    who = names_of([row.user_id]).get(row.user_id, "") if row.user_id else ""
    return Version(row, items, who, len(lines) - len(items))


def known_names(dossier: UUID) -> list[str]:
    """Return what the people of a file are called there: names that no disguised page may hold."""
    called = list(Case.objects.filter(dossier=dossier).values_list("child_called", flat=True))
    called += Person.objects.filter(dossier=dossier).values_list("called", flat=True)
    return [*called, *HouseholdChild.objects.filter(dossier=dossier).values_list("called", flat=True)]
