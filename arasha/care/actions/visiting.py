"""A unit asks for a visit that it may not make; who may enter makes it; a shut door obliges the next body."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.care import policy, queries
from arasha.care.actions.errors import NotThere, Sent
from arasha.care.models import Visit, VisitMade
from arasha.care.rules import REMOTE, SEEN, Faulty, VisitAsked, VisitSaid
from arasha.cases.models import Case
from arasha.cases.queries import of_dossiers, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.rules import Named

ASK, REFUSE = "ask_joint_visit", "refuse_entry"
POLICE = frozenset({"juvenile_inspection", "women_children_police"})
VISITING = frozenset({"visit_today", "visit_days", "enter_with_police"})


@sensitive_variables("said")
def ask_visit(*, actor: Actor, dossier: UUID, said: VisitAsked, now: datetime, ticket: UUID | None = None) -> Visit:
    """Ask for a joint visit: a unit that may enter owes it within hours. Sent twice with one `ticket`, asked once.

    Raises NotThere; NotAllowed; Faulty.
    """
    said.check()
    case = _case(actor, dossier)
    if not policy.may_ask_visit(actor, dossier):
        raise policy.NotAllowed
    row = Visit(id=ticket or uuid4(), dossier_id=dossier, urgency=said.urgency, asked_at=now)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    codes = {"facet": Facet.OBLIGATIONS, "unit": row.unit_id, "visit": str(row.pk)}
    try:
        with transaction.atomic():
            with act(verb=ASK, stream=dossier_stream(dossier), now=now, codes=codes):
                if Visit.objects.filter(pk=row.pk, dossier=dossier).exists():
                    raise Sent
                here = place(dossier, Facet.OBLIGATIONS, "care_visit")
                row.sealed = seal_text(said.words.strip(), row=str(row.pk), **here)
                row.save(force_insert=True)
            _raise(actor, case, row, now, event=ASK, urgency=said.urgency)
    except Sent:
        return Visit.objects.get(pk=row.pk)
    return row


@sensitive_variables("said")
def record_visit(*, actor: Actor, visit: UUID, said: VisitSaid, now: datetime, ticket: UUID | None = None) -> VisitMade:
    """Record one try of a visit. Where the child was seen, what was owed is met; where entry was refused, the police
    owe the next step, and where the police were refused, the prosecutor. Anything else leaves it owed. A talk at a
    distance counts only while an emergency holds, with the child alone and the safe word right; else a meeting is owed.

    Raises NotThere; NotAllowed; Faulty.
    """
    said.check(now)
    asked = Visit.objects.filter(pk=visit).first()
    if asked is None:
        raise NotThere
    case = _case(actor, asked.dossier_id)
    if not policy.may_record_visit(actor, asked):
        raise policy.NotAllowed
    said = _counted(actor, case, said, now)
    row = _made(actor, asked, said, now)
    row.pk = ticket or row.pk
    codes = {"facet": Facet.OBLIGATIONS, "unit": row.unit_id, "visit": str(asked.pk), "door": said.door}
    try:
        with transaction.atomic():
            with act(
                verb="record_visit",
                stream=dossier_stream(asked.dossier_id),
                now=now,
                codes=codes | {"seen": said.seen},
            ):
                if VisitMade.objects.filter(pk=row.pk, visit=asked).exists():
                    raise Sent
                here = place(asked.dossier_id, Facet.OBLIGATIONS, "care_visitmade")
                row.sealed = seal_text(_words(said), row=str(row.pk), **here)
                row.save(force_insert=True)
            _follow(actor, case, asked, said, now)
    except Sent:
        return VisitMade.objects.get(pk=row.pk)
    return row


def _counted(actor: Actor, case: Case, said: VisitSaid, now: datetime) -> VisitSaid:
    """Return what counts of a talk at a distance: seen only where the child was alone and said the word agreed before.

    Raises Faulty where no emergency holds: then a child is met in person.
    """
    if said.door != REMOTE:
        return replace(said, alone="", word="")
    if not queries.at_a_distance(actor, case, now):
        raise Faulty(("door", "in_person"))
    counts = said.seen != "not_seen" and said.is_free and queries.word_agreed(case.dossier_id, said.at)
    return replace(said, seen="seen_alone" if counts else "not_seen")


@sensitive_variables("said")
def _words(said: VisitSaid) -> str:
    words = {"facts": said.facts.strip(), "opinion": said.opinion.strip()}
    free = {"alone": said.alone, "word": said.word} if said.door == REMOTE else {}
    return json.dumps(words | free, ensure_ascii=False)


def _follow(actor: Actor, case: Case, asked: Visit, said: VisitSaid, now: datetime) -> None:
    """Let what happened have its consequence: met, or owed by the next."""
    owed = queries.duties_about([asked.pk], owed=True).get(asked.pk, [])
    if said.seen != "not_seen":
        for duty in owed:
            if duty.step in VISITING:
                settle(actor=actor, obligation=duty.pk, answer=SEEN.label(said.seen), outcome=said.seen, now=now)
    elif said.door == "refused":
        to = "police" if actor.functions & POLICE else "others"
        _raise(actor, case, asked, now, event=REFUSE, refused_to=to)
    elif said.door == REMOTE and not any(duty.step in VISITING for duty in owed):
        # Somebody meets the child in person, as soon as the list says.
        _raise(actor, case, asked, now, event=ASK, urgency="today")
    if asked.unit_id != actor.unit_id:
        link = f"/files/{asked.dossier_id}/entry/"
        notify(actor=actor, units=[asked.unit_id], code="visit_made", link=link, dossier=asked.dossier_id, now=now)


def _raise(actor: Actor, case: Case, row: Visit, now: datetime, *, event: str, **codes: Any) -> None:
    raise_for(
        actor=actor,
        dossier=case.dossier_id,
        event=event,
        codes=codes,
        territory=case.territory_id,
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=Named(about=row.pk),
    )


def _made(actor: Actor, asked: Visit, said: VisitSaid, now: datetime) -> VisitMade:
    row = VisitMade(id=uuid4(), visit=asked, dossier_id=asked.dossier_id, at=said.at, recorded_at=now)
    row.door, row.seen, row.home = said.door, said.seen, said.home
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    return row


def _case(actor: Actor, dossier: UUID) -> Case:
    case = of_dossiers([dossier]).get(dossier)
    if case is None:
        raise NotThere
    return case
