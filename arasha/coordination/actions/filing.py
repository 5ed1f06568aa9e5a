"""A file's forms: begun, handed in, taken along. A screening that finds danger lets the alarm ring at once."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.coordination import policy, queries
from arasha.kernel.access.actions import record_export
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Actor, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.plans.rules import SUICIDE_FORM, level_from
from arasha.questionnaires import actions as forms
from arasha.questionnaires import queries as answers
from arasha.questionnaires.models import Response
from arasha.signals.actions import watch_over


class FormNotOffered(LookupError):
    """There is no such form that this actor may begin in this file now."""


def begin_form(*, actor: Actor, dossier: UUID, code: str, language: str, now: datetime) -> Response:
    """Begin to fill in a form that is offered in a file. Pressed twice, it is begun once: who acts gets back the draft
    that they began and wrote nothing into.

    Raises FormNotOffered: not in force, of another page, or not the actor's by facet, age or function.
    """
    with transaction.atomic():
        there = visible_dossiers(actor).filter(pk=dossier).exists()
        offered = queries.offered(actor, dossier, now) if there else []
        form = next((one for one in offered if one.code == code), None)
        if form is None:
            raise FormNotOffered
        with connection.cursor() as cursor:
            key = f"coordination:begin:{dossier}:{actor.user_id}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        begun = answers.untouched(dossier, code, actor.user_id or 0)
        if begun is not None and begun.version_id == form.version_id:
            return begun
        try:
            return forms.begin(actor=actor, dossier=dossier, code=code, language=language, now=now).response
        except (forms.ResponseNotThere, forms.FormNotInForce):
            raise FormNotOffered from None


@sensitive_variables()
def hand_in_form(*, actor: Actor, response: UUID, revision: int, now: datetime) -> Response:
    """Hand a form in. Where it is the screening for risk of suicide and its level asks for it, the alarm rings from now
    on, in the same transaction: there is no moment in which the one is known and the other not.

    A level that asks for nothing ends no alarm that rings.

    Raises ResponseNotThere, also for a form that another page hosts; DraftChanged, AnswersFaulty, NothingWritten.
    """
    with transaction.atomic():
        if queries.filled(actor, response, now) is None:
            raise forms.ResponseNotThere
        row = forms.submit(actor=actor, response=response, revision=revision, now=now)
        if row.code == SUICIDE_FORM:
            read = answers.reading_of(row.pk)
            found = level_from(read.answers or {} if read is not None else {})
            if found.watched:
                watch_over(actor=actor, dossier=row.dossier_id, found=found, now=now)
    return row


def print_form(*, actor: Actor, response: UUID, now: datetime) -> None:
    """Record that the actor takes a form that was handed in along on paper, as an act and in the access log.

    The act is read by who reads the form: that there is one may be a secret itself.

    Raises Refused (not there, sealed, not handed in, or not the actor's to print), TooManyToday, LookNotRecorded.
    """
    found = queries.filled(actor, response, now)
    if found is None or found.row.state != "submitted" or not policy.may_print_form(actor, found.row):
        raise Refused
    row = found.row
    record_export(actor=actor, now=now, dossier=row.dossier_id)
    codes = {"facet": row.facet, "unit": actor.unit_id, "form": row.code, "response": str(row.pk)}
    with transaction.atomic(), act(verb="print_response", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        pass
