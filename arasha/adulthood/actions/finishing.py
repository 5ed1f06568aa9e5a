"""An application comes to its end: granted, dismissed by somebody who is named, or taken back by the child itself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.adulthood import rules
from arasha.adulthood.actions.filing import ended_duties, owe, standing_row, taken, told, turn
from arasha.adulthood.models import Application
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream


def grant(*, actor: Actor, application: UUID, now: datetime) -> Application:
    """Say that an application was granted. Raises NotThere; NotAllowed; Ended."""
    row = taken(actor, application)
    with transaction.atomic():
        stream = dossier_stream(row.dossier_id)
        with act(verb="grant_own_application", stream=stream, now=now, codes=told(actor, row)):
            row = _closed(row.pk, "granted")
            turn(actor, row, "granted", now)
        ended_duties(actor, row, now)
    return row


@sensitive_variables("said", "text")
def dismiss(*, actor: Actor, application: UUID, said: rules.Dismissal, now: datetime) -> Application:
    """Say who dismissed an application, on what ground and in which words.

    Because of age, the prosecutor owes an answer. Raises NotThere; NotAllowed; Ended; Faulty: nobody is named.
    """
    said.check()
    row = taken(actor, application)
    text = {name: getattr(said, name).strip() for name in ("name", "position", "law", "words")}
    with transaction.atomic():
        stream = dossier_stream(row.dossier_id)
        with act(verb="dismiss_own_application", stream=stream, now=now, codes=told(actor, row)):
            row = _closed(row.pk, "dismissed")
            turn(actor, row, "dismissed", now, decider=said.body.strip(), ground=said.ground, text=text)
        ended_duties(actor, row, now)
        owe(actor, row, now, event="dismiss_own_application", ground=said.ground)
    return row


@sensitive_variables("said")
def withdraw(*, actor: Actor, application: UUID, said: rules.Withdrawal, now: datetime) -> Application:
    """Let the child take its application back, heard alone and in its own words.

    Where there is pressure, or doubt, prosecutor and ombudsperson owe an answer at once by the procedure for hindered
    statements, and the application stays under way. Raises NotThere; NotAllowed; Ended; Faulty.
    """
    said.check()
    row = taken(actor, application)
    pressed = said.pressure != "no"
    with transaction.atomic():
        stream = dossier_stream(row.dossier_id)
        with act(verb="withdraw_own_application", stream=stream, now=now, codes=told(actor, row)):
            row = standing_row(row.pk) if pressed else _closed(row.pk, "withdrawn")
            text = {"words": said.words.strip()}
            made = turn(actor, row, "withdrawn", now, alone=True, pressure=said.pressure, text=text)
        if pressed:
            owe(actor, row, now, event="tell_hindrance", about=made.pk, hindrance="pressure_to_withdraw")
        else:
            ended_duties(actor, row, now)
    return row


def _closed(application: UUID, state: str) -> Application:
    row = standing_row(application)
    row.state = state
    row.save(update_fields=["state"])
    return row
