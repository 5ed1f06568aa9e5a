"""Judging whether the child is safe now. A judgement stands; whoever judges again adds another."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.models import JudgementText, SafetyJudgement
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text


def judge_safety(
    *,
    actor: Actor,
    dossier: UUID,
    state: str,
    where: str,
    seen: str,
    why: str,
    now: datetime,
    seen_at: datetime | None = None,
    again_by: datetime | None = None,
) -> SafetyJudgement:
    """Keep whether the child is safe, by whoever has an obligation or the lead in the file, with the reason sealed.

    "Not safe" is told at once to everybody who leads or oversees the file.

    Raises:
        FileNotThere: the file is not there for this actor, or they have nothing to write in it.
        JudgementMissing: "safe" of a child whom nobody saw. UnknownCode for a code of no list.
    """
    for codes, code in ((rules.SAFETY, state), (rules.PLACES, where), (rules.SEEN, seen)):
        codes[code]
    rules.check_judgement(state, seen)
    with transaction.atomic():
        require_writing(actor, dossier, Facet.OBLIGATIONS)
        told = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "safety": state, "seen": seen}
        with act(verb="judge_safety", stream=dossier_stream(dossier), now=now, codes=told):
            judgement = SafetyJudgement(
                id=uuid4(), dossier_id=dossier, state=state, where=where, seen=seen, judged_at=now
            )
            judgement.seen_at, judgement.again_by = seen_at, again_by
            judgement.unit_id = acting_unit(actor)
            judgement.save(force_insert=True)
            _keep_why(judgement, why.strip())
            if state == "unsafe":
                _warn(actor, dossier, now)
    return judgement


def _keep_why(judgement: SafetyJudgement, why: str) -> None:
    if not why:
        return
    row, facet = uuid4(), queries.facet_for_words(judgement.dossier_id)
    place = queries.place(judgement.dossier_id, facet, "cases_judgementtext")
    JudgementText.objects.create(
        id=row,
        judgement=judgement,
        dossier_id=judgement.dossier_id,
        facet=int(facet),
        sealed=seal_text(why, row=row, **place),
    )


def _warn(actor: Actor, dossier: UUID, now: datetime) -> None:
    parts = {"lead", "overseeing", "partner"}
    units = {member.unit_id for member in queries.team(dossier) if member.part in parts and member.unit_id}
    units.discard(actor.unit_id)
    if units:
        link = queries.link(dossier)
        notify(actor=actor, units=sorted(units), code="child_unsafe", link=link, dossier=dossier, now=now)
