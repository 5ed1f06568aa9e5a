"""What is owed around a referral: after each step of its place one duty ends and the next arises."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from arasha.kernel.access.actions import end_member
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.models import Obligation
from arasha.plans import queries
from arasha.plans.actions.outside_ends import BY_STEP, end_links
from arasha.plans.models import Referral, ReferralStep, ServicePlace
from arasha.plans.rules import places as rules
from arasha.plans.rules.places import StepSaid

ENDS = ("refuse", "withdraw", "hand_over")
# With what a duty is met when its place takes a step: by the beginning of the duty's key.
OUTCOMES = {
    "answer": {"refuse": "declined", "withdraw": "", "hand_over": ""},
    "find_out": {"withdraw": "", "hand_over": ""},
    "begin": {"refuse": "not_begun", "withdraw": "", "hand_over": ""},
}
TAKEN = {"answer": "accepted", "find_out": "answered", "begin": "begun"}


def go_on(actor: Actor, place: ServicePlace, said: StepSaid, now: datetime) -> None:
    """After a step of a place that was referred: end what was owed for it, and let the next be owed.

    Call it in the step's transaction after its act is closed. A place that nobody referred stays what it is.
    """
    row = Referral.objects.select_for_update(of=("self",)).filter(place=place.pk).first()
    if row is None or said.step == "miss":
        return
    waited = row.duty is not None and row.duty.step.startswith(("answer_", "find_out"))
    _end_duty(actor, row, said, now)
    if said.step == "refuse":
        owe_back(actor, row, place, "declined", now)
        note_back(actor, row, place, "declined", now)
    else:
        end_back(actor, row, "", "", now)
    if said.step in {"wait", "book"} and waited and row.to_unit_id is not None:
        _owe(actor, row, place, "accept_referral", now)
    if said.step == "end" and row.to_unit_id is not None:
        _owe(actor, row, place, "complete_referral", now)
    if said.step in ENDS:
        end_part(actor, row, said.step, now)
        end_links(actor, row, BY_STEP[said.step], now)


def raise_duty(actor: Actor, row: Referral, event: str, codes: dict[str, Any], now: datetime) -> Obligation | None:
    """Raise what the procedure asks for after an event of a referral; its units are named."""
    named = {"receiving_unit": row.to_unit_id, "sending_unit": row.from_unit_id}
    raised = raise_for(
        actor=actor,
        dossier=row.dossier_id,
        event=event,
        codes=codes,
        territory=Dossier.objects.values_list("territory_id", flat=True).get(pk=row.dossier_id),
        from_moment=now,
        now=now,
        sealed_actor=False,
        units={role: unit for role, unit in named.items() if unit is not None},
    )
    return next(iter(raised), None)


def owe_back(actor: Actor, row: Referral, place: ServicePlace, why: str, now: datetime) -> None:
    """Let the sender owe the next step of what was declined, or met with silence, unless it does already."""
    if row.back is None or queries.standing(row.back) is None:
        row.back = raise_duty(actor, row, "return_referral", {"why": why, "urgency": place.urgency}, now)


def note_back(actor: Actor, row: Referral, place: ServicePlace, why: str, now: datetime) -> None:
    """Write down that a referral came back, and tell who sent it, who leads and who coordinates."""
    codes = told_referral(actor, row, place) | {"kind": why}
    with act(verb="return_referral", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        fields = ["back"]
        if why == "silent":
            row.returned_at, row.steps, fields = now, row.steps + 1, ["back", "returned_at", "steps"]
            add_referral_step(row, "silent", actor, now)
        row.save(update_fields=fields)
        # Who leads hears of a refusal with the step of its place.
        heard = {actor.unit_id, queries.lead_of(row.dossier_id) if why == "declined" else None}
        told = {*queries.who_answers(row.dossier_id, now), row.from_unit_id} - heard
        if told:
            link = queries.referral_link(row.pk)
            code = "referral_silent" if why == "silent" else "referral_declined"
            notify(actor=actor, units=sorted(told), code=code, link=link, dossier=row.dossier_id, now=now)


def end_back(actor: Actor, row: Referral, answer: str, outcome: str, now: datetime) -> None:
    """End what the sender owes since a referral came back: it was answered after all, or the next one was sent."""
    if row.back is not None:
        settle(actor=actor, obligation=row.back.pk, answer=answer, outcome=outcome, now=now)


def end_part(actor: Actor, row: Referral, reason: str, now: datetime) -> None:
    """End what a referral opened to its receiver, unless another referral of the file needs it.

    Whoever may not change the team leaves it: the lead sees on the referral that it is open.
    """
    if row.to_unit_id is None or queries.needs_part(row.dossier_id, row.to_unit_id, without=row.pk):
        return
    parts = queries.referral_part(row.dossier_id, row.to_unit_id)
    if not parts:
        return
    codes = {"facet": Facet.PLAN, "unit": row.to_unit_id, "referral": str(row.pk)}
    with act(verb="end_referral_part", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        for part in parts:
            try:
                end_member(member=part.pk, reason=f"referral_{reason}")
            except Refused:
                continue


def add_referral_step(
    row: Referral, step: str, actor: Actor, now: datetime, *, words: str = "", child: str = ""
) -> ReferralStep:
    """Put down a referral's newest step, with its words sealed. The referral must be locked or new."""
    made = ReferralStep(id=uuid4(), referral_id=row.pk, dossier_id=row.dossier_id, number=row.steps, step=step, at=now)
    made.unit_id, made.user_id = actor.unit_id, actor.user_id
    if words.strip():
        made.sealed = seal_text(words.strip(), row=made.pk, **queries.referral_words(row.dossier_id))
    if child.strip():
        made.child = seal_text(child.strip(), row=made.pk, **queries.referral_words(row.dossier_id, "child"))
    made.save(force_insert=True)
    return made


def told_referral(actor: Actor, row: Referral, place: ServicePlace) -> dict[str, Any]:
    """Return the codes of an act on a referral: which service and unit, never whose."""
    codes = {"facet": Facet.PLAN, "unit": actor.unit_id or row.from_unit_id, "referral": str(row.pk)}
    return codes | {"service": place.service} | ({"to": row.to_unit_id} if row.to_unit_id else {})


def _end_duty(actor: Actor, row: Referral, said: StepSaid, now: datetime) -> None:
    """Meet what was owed with what the step says, or let it give way."""
    kind = next((kind for kind in OUTCOMES if row.duty is not None and row.duty.step.startswith(kind)), None)
    if row.duty is None or kind is None:
        return
    if kind == "begin" and said.step in {"wait", "book"}:
        return  # taken already: the day moves, the beginning is owed as before
    outcome = OUTCOMES[kind].get(said.step, TAKEN[kind])
    # The list's own words: what was typed lies under the plan, and the answer to a duty does not.
    answer = rules.PLACE_STEPS.label(said.step) if outcome else ""
    settle(actor=actor, obligation=row.duty.pk, answer=answer, outcome=outcome, now=now)


def _owe(actor: Actor, row: Referral, place: ServicePlace, event: str, now: datetime) -> None:
    """Raise what is owed next, and let the referral point at it."""
    codes = {"told": "not_yet"} if event == "complete_referral" else {"urgency": place.urgency}
    row.duty = raise_duty(actor, row, event, codes, now)
    with act(verb=event, stream=dossier_stream(row.dossier_id), now=now, codes=told_referral(actor, row, place)):
        row.save(update_fields=["duty"])
