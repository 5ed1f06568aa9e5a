"""What a sitting's agenda should hold: the facts of the unit's files, by rules, each with its reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from arasha.cases import queries as cases
from arasha.cases.models import Case, RiskJudgement
from arasha.conferences.models import Item, Sitting, Wish
from arasha.conferences.queries.decided import unconfirmed, undone
from arasha.conferences.rules import Fact, Proposal, proposed
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.plans.models import Assessment


@dataclass(frozen=True)
class Proposed:
    """A file that the rules propose, with its case; the case is None where the reader may not know it."""

    proposal: Proposal
    case: Case | None


def proposals(actor: Actor, sitting: Sitting, now: datetime) -> list[Proposed]:
    """Return what should stand on a planned sitting's agenda and does not yet, the weightiest first.

    Decisions that nobody carried out, and those that wait to be confirmed, are among them without anybody's doing.
    Files of which the actor's unit may know nothing are not there.
    """
    if sitting.state != "planned":
        return []
    there = Item.objects.filter(sitting=sitting).values_list("dossier_id", flat=True)
    found = proposed(_facts(actor, sitting, now), there)
    known = {
        row.dossier_id: row
        for row in cases.newest(actor).filter(dossier__in=[one.dossier for one in found]).select_related("lead_unit")
    }
    return [Proposed(one, known.get(one.dossier)) for one in found if one.dossier in known]


def wishes(actor: Actor, unit: int) -> list[Wish]:
    """Return the wishes that a unit has not answered by an item yet, the urgent ones first."""
    answered = Item.objects.filter(unit=unit, dossier=OuterRef("dossier"), put_at__gte=OuterRef("asked_at"))
    rows = Wish.objects.filter(on_team(actor), ~Exists(answered), unit=unit).select_related("by")
    return list(rows.order_by("-urgent", "asked_at"))


def wish_waits(dossier: UUID) -> list[Wish]:
    """Return the wishes of a file that wait for an answer."""
    answered = Item.objects.filter(unit=OuterRef("unit"), dossier=OuterRef("dossier"), put_at__gte=OuterRef("asked_at"))
    return list(Wish.objects.filter(~Exists(answered), dossier=dossier).select_related("unit").order_by("asked_at"))


def _facts(actor: Actor, sitting: Sitting, now: datetime) -> list[Fact]:
    day, by = local(sitting.at).date(), max(now, sitting.at)
    facts = [Fact(row.dossier_id, "undone") for row in undone(sitting.unit_id, by)]
    facts += [
        Fact(row.dossier_id, "confirm") for row in unconfirmed(sitting.unit_id) if row.item.sitting_id != sitting.pk
    ]
    facts += [Fact(dossier, "put_off") for dossier in _put_off(actor, sitting)]
    for wish in wishes(actor, sitting.unit_id):
        facts.append(Fact(wish.dossier_id, "urgent" if wish.urgent else "wish"))
    open_ = Case.objects.filter(dossier=OuterRef("dossier"), state="open")
    later = RiskJudgement.objects.filter(dossier=OuterRef("dossier"), judged_at__gt=OuterRef("judged_at"))
    due = RiskJudgement.objects.filter(on_team(actor), Exists(open_), ~Exists(later), again_on__lte=day)
    facts += [Fact(dossier, "risk") for dossier in due.values_list("dossier_id", flat=True)]
    waits = Q(state="summed_up") | Q(state="open", by_when__lte=day)
    assessed = Assessment.objects.filter(on_team(actor), Exists(open_), waits)
    return facts + [Fact(dossier, "assessment") for dossier in assessed.values_list("dossier_id", flat=True)]


def _put_off(actor: Actor, sitting: Sitting) -> list[UUID]:
    """Return the files whose last item at this unit was put off, or stood on an agenda when the sitting was over."""
    last = Item.objects.filter(unit=sitting.unit_id, dossier=OuterRef("dossier"), put_at__gt=OuterRef("put_at"))
    rows = Item.objects.filter(on_team(actor), ~Exists(last), unit=sitting.unit_id).exclude(sitting=sitting)
    waiting = rows.filter(Q(state="put_off") | Q(state="on", sitting__state__in=["held", "called_off"]))
    return list(waiting.values_list("dossier_id", flat=True))
