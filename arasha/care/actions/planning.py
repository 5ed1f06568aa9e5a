"""A visit is planned, moved with a reason, or cancelled with one. What is owed stays owed whatever the plan says."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.care import policy, queries, rules
from arasha.care.actions.errors import NotThere, PlanChanged, Sent
from arasha.care.models import Visit, VisitPlan
from arasha.care.rules import PlanSaid
from arasha.cases.queries import of_dossiers, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text


@sensitive_variables("said", "why")
def plan_own_visit(
    *, actor: Actor, dossier: UUID, said: PlanSaid, why: str, now: datetime, ticket: UUID | None = None
) -> VisitPlan:
    """Plan a visit that the actor's unit makes itself. Sent twice with one `ticket` it is one.

    Raises NotThere; NotAllowed; Faulty.
    """
    said.check(now, [post.pk for post in queries.may_go(actor, now)])
    rules.VisitAsked(urgency="today", words=why).check()
    if dossier not in of_dossiers([dossier]):
        raise NotThere
    if not policy.may_ask_visit(actor, dossier):
        raise policy.NotAllowed
    visit = Visit(id=ticket or uuid4(), dossier_id=dossier, urgency=rules.OWN, asked_at=now)
    visit.unit_id, visit.user_id = int(actor.unit_id or 0), actor.user_id
    codes = {"facet": Facet.OBLIGATIONS, "unit": visit.unit_id, "visit": str(visit.pk)}
    try:
        with transaction.atomic(), act(verb="plan_visit", stream=dossier_stream(dossier), now=now, codes=codes):
            if Visit.objects.filter(pk=visit.pk, dossier=dossier).exists():
                raise Sent
            here = place(dossier, Facet.OBLIGATIONS, "care_visit")
            visit.sealed = seal_text(why.strip(), row=str(visit.pk), **here)
            visit.save(force_insert=True)
            row = _write(actor, visit, said, now, number=1)
    except Sent:
        return VisitPlan.objects.get(visit=visit.pk, number=1)
    return row


@sensitive_variables("said")
def plan_visit(
    *, actor: Actor, visit: UUID, said: PlanSaid, now: datetime, seen: int = 0, reason: str = ""
) -> VisitPlan:
    """Plan a visit that was asked for, or move it with a reason. `seen`: the number of the plan that the page showed.

    Raises NotThere; NotAllowed; Faulty; PlanChanged: somebody was faster.
    """
    found = _visit(actor, visit)
    said.check(now, [post.pk for post in queries.may_go(actor, now)], reason=reason if seen else None)
    verb = "move_visit" if seen else "plan_visit"
    with transaction.atomic(), _act(actor, verb, found, now):
        _demand(found, seen)
        return _write(actor, found, said, now, number=seen + 1, reason=reason if seen else "")


def cancel_visit(*, actor: Actor, visit: UUID, reason: str, seen: int, now: datetime) -> VisitPlan:
    """Cancel the plan of a visit; who was to go is told. What is owed stays owed.

    Raises NotThere: also where nothing is planned; NotAllowed; Faulty; PlanChanged.
    """
    found = _visit(actor, visit)
    if reason not in rules.PLAN_REASONS:
        raise rules.Faulty(("reason", "choose"))
    with transaction.atomic(), _act(actor, "cancel_visit", found, now):
        _demand(found, seen)
        standing = queries.plans_of([found]).get(found.pk)
        if standing is None or standing.row.state == "cancelled":
            raise NotThere
        last = standing.row
        words = standing.words or {}
        said = PlanSaid(
            starts=last.starts_at,
            posts=list(last.posts),
            dangers=list(last.dangers),
            meeting=words.get("meeting", ""),
            safety=words.get("safety", ""),
            must_not_know=words.get("must_not_know", ""),
        )
        return _write(actor, found, said, now, number=seen + 1, reason=reason, state="cancelled")


def _visit(actor: Actor, visit: UUID) -> Visit:
    found = Visit.objects.filter(pk=visit).first()
    if found is None:
        raise NotThere
    if not policy.may_plan_visit(actor, found):
        raise policy.NotAllowed
    return found


def _demand(visit: Visit, seen: int) -> None:
    """The act holds the file's stream: of two who plan at once, the second finds what the first planned."""
    if VisitPlan.objects.filter(visit=visit).count() != seen:
        raise PlanChanged


def _act(actor: Actor, verb: str, visit: Visit, now: datetime) -> Any:
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "visit": str(visit.pk)}
    return act(verb=verb, stream=dossier_stream(visit.dossier_id), now=now, codes=codes)


def _write(actor: Actor, visit: Visit, said: PlanSaid, now: datetime, **more: Any) -> VisitPlan:
    row = VisitPlan(id=uuid4(), visit=visit, dossier_id=visit.dossier_id, starts_at=said.starts, at=now, **more)
    row.posts, row.dangers = sorted(set(said.posts)), list(said.dangers)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    words = {name: getattr(said, name).strip() for name in ("meeting", "safety", "must_not_know")}
    here = place(visit.dossier_id, Facet.OBLIGATIONS, "care_visitplan")
    row.sealed = seal_text(json.dumps(words, ensure_ascii=False), row=str(row.pk), **here)
    row.save(force_insert=True)
    code = "visit_cancelled" if row.state == "cancelled" else "visit_planned"
    link = f"/files/{visit.dossier_id}/entry/"
    # Whoever is barred from the file gets no notice, and nobody learns who that is.
    notify(actor=actor, posts=row.posts, code=code, link=link, dossier=visit.dossier_id, now=now)
    if visit.unit_id != row.unit_id:
        notify(actor=actor, units=[visit.unit_id], code=code, link=link, dossier=visit.dossier_id, now=now)
    return row
