"""What leads out of a contact: a signal about a child, a service that took over, somebody who must not know."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import queries, rules
from arasha.helpline.actions.found import ContactEnded, NothingSaid, acting, held
from arasha.helpline.models import PassOn
from arasha.kernel.access.actions import bar, carry_bars
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.signals.actions import Report, report_signal
from arasha.signals.models import Signal
from arasha.signals.queries import plan_of

DOOR = "helpline"
ANY = ("open", "wrap_up", "ended")


@sensitive_variables()
def signal_from_contact(*, actor: Actor, contact: UUID, report: Report, now: datetime) -> Signal:
    """Make a signal of a contact, with owner, duties and bars, once; what the contact says already is taken over.

    The caller may stay anonymous: `report.may_ring` is what they wish. Who may not know of the signal may not know of
    the contact either, and the other way round. Raises NotYours, ContactEnded (there is a signal already),
    NobodyCoordinates and so on.
    """
    with transaction.atomic():
        row = held(actor, contact, ANY)
        if row.signal_id is not None:
            raise ContactEnded
        told = replace(
            report,
            door=DOOR,
            safe_now=report.safe_now or rules.SAFE_NOW.get(row.danger, "unknown"),
            child_sex=row.sex if report.child_sex == "unknown" else report.child_sex,
        )
        plan = plan_of(actor, told, now)
        signal = report_signal(actor=actor, report=told, now=now)
        row.signal, row.steps = signal, list(dict.fromkeys([*row.steps, "reported"]))
        with acting("signal_from_contact", row, now):
            for user in sorted(plan.barred_users):
                bar(dossier=row.dossier_id, user_id=user, reason="named_by_caller")
            # The helpline's own body is not closed out: nobody would be left to answer; its people are barred by name.
            for body in sorted(plan.barred_bodies - {actor.body_id or 0}):
                bar(dossier=row.dossier_id, body_id=body, reason="suspect_works_there")
            carry_bars(origin=row.dossier_id, target=signal.dossier_id)
            row.save(update_fields=["signal", "steps"])
    return signal


@sensitive_variables()
def pass_on(*, actor: Actor, contact: UUID, service: str, who: str, now: datetime) -> PassOn:
    """Write down that a service took the contact over while the caller was there: who, with which number, when.

    Raises NotYours, ContactEnded, NothingSaid, UnknownCode and so on.
    """
    rules.SERVICES[service]
    said = who.strip()
    if not said or len(said) > rules.MOST_WORDS:
        raise NothingSaid
    with transaction.atomic():
        row = held(actor, contact, ANY)
        passed = PassOn(id=uuid4(), dossier_id=row.dossier_id, contact=row, service=service, at=now)
        passed.post_id = actor.post_id
        place = queries.place_of(row.dossier_id, "helpline_passon")
        passed.sealed = seal_text(json.dumps({"who": said}, ensure_ascii=False), row=passed.pk, **place)
        row.steps = list(dict.fromkeys([*row.steps, "emergency"]))
        with acting("pass_on", row, now, facet=Facet.NARRATIVE, service=service):
            passed.save(force_insert=True)
            row.save(update_fields=["steps"])
    return passed


def shut_out(*, actor: Actor, contact: UUID, user_id: int, now: datetime) -> None:
    """Let the contact not exist for somebody: a colleague whom the caller named. Who it is, is not in the act.

    Who watches over the helpline is told that it was done, the one above too, as it may be one of them who is shut
    out; who that is reads no notice of it.
    """
    with transaction.atomic():
        row = held(actor, contact, ANY)
        with acting("shut_out", row, now):
            bar(dossier=row.dossier_id, user_id=user_id, reason="named_by_caller")
            watching = {post.pk for post in (*queries.heads(row.unit, now), *queries.seats_above(row.unit, now))}
            notify(
                actor=actor,
                code="helpline_shut",
                link=reverse("helpline:wall"),
                posts=sorted(watching - {actor.post_id}),
                dossier=row.dossier_id,
                now=now,
            )
