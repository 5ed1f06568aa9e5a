"""Handing a response in, correcting it by another, and withdrawing it. What was handed in never changes."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.questionnaires import queries
from arasha.questionnaires.actions.beginning import Begun, ResponseNotThere, held, put_draft, told
from arasha.questionnaires.models import Answer, Response, ResponseDraft
from arasha.questionnaires.rules.codes import WITHDRAWALS
from arasha.questionnaires.rules.engine import Finding, evaluate
from arasha.questionnaires.rules.keeping import to_text
from arasha.questionnaires.rules.record import TypedAnswer, typed

HANDED_IN = frozenset({"submitted"})


class DraftChanged(Exception):
    """Somebody has written into the draft since; nothing was handed in."""


class NothingWritten(ValueError):
    """Nobody has answered anything yet: an empty form says nothing, and counts as nothing."""


class AnswersFaulty(ValueError):
    """What was written does not hold; `findings` say where and why. The draft stands as it was."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(sorted({finding.code for finding in findings})))
        self.findings = tuple(findings)


@sensitive_variables()
def submit(*, actor: Actor, response: UUID, revision: int, now: datetime) -> Response:
    """Hand in what the draft says, when the server finds it whole: relevance and sums are worked out anew.

    Raises ResponseNotThere, DraftChanged, AnswersFaulty, NothingWritten.
    """
    with transaction.atomic():
        row = held(actor, response)
        draft = ResponseDraft.objects.select_for_update().get(response=row, place=0)
        if draft.revision != revision:
            raise DraftChanged
        form = queries.form_of(row.version_id)
        answers = json.loads(queries.opened([draft]).get(draft.pk) or "{}")
        found = evaluate(form, answers, today=local(now).date(), now=now)
        if any(finding.hinders for finding in found.findings):
            raise AnswersFaulty([finding for finding in found.findings if finding.hinders])
        if not typed(form, found.answers):
            raise NothingWritten
        row.state, row.submitted_at, row.submitted_by_id = "submitted", now, actor.user_id
        where = queries.place_of(row.dossier_id, row.facet, "questionnaires_response")
        row.sealed = seal_text(to_text(found.answers), row=row.pk, **where)
        with act(verb="submit_response", stream=dossier_stream(row.dossier_id), now=now, codes=told(row)):
            row.save(update_fields=["state", "submitted_at", "submitted_by", "sealed"])
            _take_the_place(row, now)
            _write_answers(row, typed(form, found.answers))
        draft.sealed, draft.settled_at = b"", now
        draft.save(update_fields=["sealed", "settled_at"])
    return row


def _take_the_place(row: Response, now: datetime) -> None:
    """Let what a response corrects count no more, also where the correction went on in a newer version meanwhile."""
    for earlier in queries.history_of(row):
        if earlier.state == "submitted":
            earlier.state, earlier.ended_at = "corrected", now
            earlier.save(update_fields=["state", "ended_at"])
        if earlier.reason != "newer_form":
            return


def _write_answers(row: Response, answers: Sequence[TypedAnswer]) -> None:
    """Write one row for each answer: codes and numbers in clear, words sealed."""
    where = queries.place_of(row.dossier_id, row.facet, "questionnaires_answer")
    made = []
    for one in answers:
        answer = Answer(id=uuid4(), dossier_id=row.dossier_id, facet=row.facet, response=row, kind=one.kind)
        answer.path, answer.position, answer.code, answer.date = one.path, one.position, one.code or "", one.date
        answer.number = one.number
        if one.text:
            answer.sealed = seal_text(one.text, row=answer.pk, **where)
        made.append(answer)
    Answer.objects.bulk_create(made)


@sensitive_variables()
def correct(*, actor: Actor, response: UUID, now: datetime) -> Begun:
    """Begin a correction: a new response with the same answers, under the same version, that takes its place once it
    is handed in. What was handed in stays readable.

    Raises ResponseNotThere, also while another correction is under way.
    """
    with transaction.atomic():
        row = held(actor, response, HANDED_IN)
        if Response.objects.filter(supersedes=row).exclude(state="withdrawn").exists():
            raise ResponseNotThere
        newer = Response(id=uuid4(), dossier_id=row.dossier_id, facet=row.facet, code=row.code, supersedes=row)
        newer.version_id, newer.language, newer.unit_id = row.version_id, row.language, row.unit_id
        newer.begun_by_id, newer.begun_at = actor.user_id or 0, now
        answers: Any = json.loads(queries.opened([row]).get(row.pk) or "{}")
        with act(verb="correct_response", stream=dossier_stream(row.dossier_id), now=now, codes=told(newer)):
            newer.save(force_insert=True)
            put_draft(actor, newer, answers, now)
    return Begun(newer)


def withdraw(*, actor: Actor, response: UUID, reason: str, now: datetime) -> Response:
    """Say that a response counts no more, with the reason as a code. Its words stay for who may read them.

    Raises ResponseNotThere; UnknownCode for a reason of no list.
    """
    WITHDRAWALS[reason]
    with transaction.atomic():
        row = held(actor, response, frozenset({"draft", "submitted"}))
        row.state, row.reason, row.ended_at = "withdrawn", reason, now
        codes = told(row) | {"reason": reason}
        with act(verb="withdraw_response", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.save(update_fields=["state", "reason", "ended_at"])
    return row


__all__ = ["AnswersFaulty", "DraftChanged", "NothingWritten", "ResponseNotThere", "correct", "submit", "withdraw"]
