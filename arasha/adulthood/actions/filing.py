"""A child's own application is taken down, goes from stage to stage, and each stage is owed by somebody."""

import json
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.adulthood import policy, queries, rules
from arasha.adulthood.actions.errors import Ended, NotThere, Sent
from arasha.adulthood.models import Application, Turn
from arasha.cases.queries import file, of_dossiers, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.models import Obligation
from arasha.obligations.rules import Named

STEPS = {"preparation": "prepare_claim", "court": "follow_court", "appeal": "help_appeal"}


@sensitive_variables("said")
def file_application(
    *, actor: Actor, dossier: UUID, said: rules.Filed, now: datetime, ticket: UUID | None = None
) -> Application:
    """Take down what a child asks for itself. Guardianship owes the preparation from this moment.

    Two who file the same find one: the first stands, and what the second wrote is not kept; who may not read the
    first's gets its id alone. No birth date, no document
    and no parent's word holds it up. Raises NotThere; NotAllowed; Faulty.
    """
    said.check()
    if file(actor, dossier) is None:
        raise NotThere
    if not policy.may_take_down(actor, dossier):
        raise policy.NotAllowed
    row = Application(id=ticket or uuid4(), dossier_id=dossier, kind=said.kind, filed_at=now)
    row.since, row.unit_id, row.user_id = local(now).date(), cast(int, actor.unit_id), cast(int, actor.user_id)
    same = Application.objects.filter(pk=row.pk, dossier=dossier)
    try:
        with transaction.atomic():
            with act(verb="file_own_application", stream=dossier_stream(dossier), now=now, codes=told(actor, row)):
                # The act holds the file's stream: of two who file at once, the second finds the first's.
                if queries.standing(dossier, said.kind) or same.exists():
                    raise Sent
                here = place(dossier, Facet.OBLIGATIONS, "adulthood_application")
                text = {
                    "words": said.words.strip(),
                    "keep_from": said.keep_from.strip(),
                    "letters": said.letters.strip(),
                }
                row.sealed = seal_text(json.dumps(text, ensure_ascii=False), row=str(row.pk), **here)
                row.save(force_insert=True)
            state = queries.race_of(row, local(now).date()).state
            owe(actor, row, now, event="file_own_application", race=state)
    except Sent:
        found = queries.standing(dossier, said.kind)
        standing = Application.objects.filter(dossier=dossier, kind=said.kind, state="open")
        return same.first() or standing.first() or Application(id=found, dossier_id=dossier, kind=said.kind)
    return row


def move_on(*, actor: Actor, application: UUID, seen: str, now: datetime) -> Application:
    """Take an application on to its next stage: the last one's duty ends, the next one's begins.

    `seen`: the stage that the page showed; of two who press at once the second changes nothing. Turning 18 stops
    nothing: it goes on in the young person's own name. Raises NotThere; NotAllowed; Ended: it is over, or moved on.
    """
    row = taken(actor, application)
    with transaction.atomic():
        with act(verb="move_own_application", stream=dossier_stream(row.dossier_id), now=now, codes=told(actor, row)):
            row = standing_row(row.pk)
            if row.stage != seen or row.stage == rules.ORDER[-1]:
                raise Ended
            row.stage = rules.ORDER[rules.ORDER.index(row.stage) + 1]
            row.since = local(now).date()
            row.save(update_fields=["stage", "since"])
            turn(actor, row, "moved", now)
        ended_duties(actor, row, now, STEPS[seen])
        race = queries.race_of(row, row.since).state
        owe(actor, row, now, event="move_own_application", stage=row.stage, race=race)
    return row


def taken(actor: Actor, application: UUID) -> Application:
    """Return an application on which the actor works. Raises NotThere; NotAllowed."""
    row = queries.application_of(actor, application)
    if row is None:
        raise NotThere
    if not policy.may_take_down(actor, row.dossier_id):
        raise policy.NotAllowed
    return row


def standing_row(application: UUID) -> Application:
    """Return an application that is under way, locked. Raises Ended."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application)
    if row.state != "open":
        raise Ended
    return row


def turn(actor: Actor, row: Application, kind: str, now: datetime, **more: Any) -> Turn:
    """Write down what became of an application; `text` is sealed."""
    text = more.pop("text", None)
    made = Turn(id=uuid4(), application=row, dossier_id=row.dossier_id, kind=kind, stage=row.stage, at=now, **more)
    made.number = Turn.objects.filter(application=row).count() + 1
    made.unit_id, made.user_id = cast(int, actor.unit_id), cast(int, actor.user_id)
    if text is not None:
        here = place(row.dossier_id, Facet.OBLIGATIONS, "adulthood_turn")
        made.sealed = seal_text(json.dumps(text, ensure_ascii=False), row=str(made.pk), **here)
    made.save(force_insert=True)
    return made


def ended_duties(actor: Actor, row: Application, now: datetime, *steps: str) -> None:
    """Let the duties of a stage that is over give way, or all that the procedure asks of it, where no step is named."""
    found = Obligation.objects.filter(dossier=row.dossier_id, about=row.pk, ended_at=None)
    for duty in found.filter(step__in=steps) if steps else found:
        settle(actor=actor, obligation=duty.pk, answer="", outcome="", now=now)


def owe(
    actor: Actor, row: Application, now: datetime, *, event: str, about: UUID | None = None, **codes: str
) -> list[Obligation]:
    """Raise what the procedure asks for, the stage's own duty by the stage's last day."""
    case = of_dossiers([row.dossier_id]).get(row.dossier_id)
    if case is None:
        return []
    until = rules.add_months(row.since, int(rules.STAGES[row.stage].more["months"]))
    return raise_for(
        actor=actor,
        dossier=row.dossier_id,
        event=event,
        codes=codes,
        territory=case.territory_id,
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=Named(until=until, about=about or row.pk),
    )


def told(actor: Actor, row: Application) -> dict[str, Any]:
    """Return the codes of an act: at which unit, never what about. Who does not read plans does not learn of it."""
    return {"facet": Facet.PLAN, "unit": actor.unit_id, "application": str(row.pk)}
