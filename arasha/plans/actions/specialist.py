"""A specialist is asked about a child and owes an answer; the case stays with whoever asked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.actions import raise_for, settle
from arasha.plans import policy, queries
from arasha.plans.actions.asking import UnitNotAskable
from arasha.plans.models import SpecialistAnswer, SpecialistQuestion
from arasha.plans.rules import places
from arasha.plans.rules import referral as rules
from arasha.plans.rules.referral import ReferralFaulty


class QuestionNotThere(LookupError):
    """There is no such question for this actor."""


class AnsweredBefore(Exception):
    """A colleague answered it meanwhile; nothing was kept."""


class _Sent(Exception):
    """The same question came a second time: nothing is written."""


@dataclass(frozen=True, kw_only=True)
class SpecialistAsked:
    """What is asked of whom: the kind of specialist, the unit, how urgently, in which words."""

    specialist: str
    unit: int
    urgency: str
    words: str = field(default="", repr=False)


@sensitive_variables()
def ask_specialist(
    *, actor: Actor, dossier: UUID, asked: SpecialistAsked, now: datetime, question_id: UUID | None = None
) -> SpecialistQuestion:
    """Ask a unit that knows more: it comes to the file as one that owes an answer, and the case stays where it is.

    Whoever may write what a file owes may ask, also a school that reads little. Sent twice with one `question_id` it
    is asked once.

    Raises FileNotThere, ReferralFaulty, UnitNotAskable; UnknownCode for no such specialist.
    """
    if asked.urgency not in places.URGENCIES:
        raise ReferralFaulty("urgency")
    if not asked.words.strip() or len(asked.words) > rules.LONGEST_WORDS:
        raise ReferralFaulty("words")
    pk = question_id or uuid4()
    try:
        with transaction.atomic():
            case = queries.case_of(actor, dossier)
            if case is None or not policy.may_ask_specialist(actor, case):
                raise FileNotThere
            if not queries.specialists(case, asked.specialist, actor, now, unit=asked.unit):
                raise UnitNotAskable
            row = SpecialistQuestion(id=pk, dossier_id=dossier, to_unit_id=asked.unit, asked_at=now)
            row.specialist, row.urgency = asked.specialist, asked.urgency
            row.from_unit_id, row.from_user_id = int(actor.unit_id or 0), actor.user_id
            _owe(actor, row, case.territory_id, now)
            with act(
                verb="ask_specialist", stream=dossier_stream(dossier), now=now, codes=_told(row, row.from_unit_id)
            ):
                # The duty's act held the file already: a second click sees the first by now.
                if SpecialistQuestion.objects.filter(pk=pk).exists():
                    raise _Sent
                row.sealed = seal_text(asked.words.strip(), row=pk, **queries.question_words(dossier))
                row.save(force_insert=True)
    except _Sent:
        return SpecialistQuestion.objects.get(pk=pk)
    return row


@sensitive_variables()
def answer_specialist(*, actor: Actor, question: UUID, facet: Facet, words: str, now: datetime) -> SpecialistAnswer:
    """Answer a question, under a facet that the own unit writes and whoever asked reads.

    Raises QuestionNotThere, ReferralFaulty, AnsweredBefore.
    """
    if not words.strip() or len(words) > rules.LONGEST_WORDS:
        raise ReferralFaulty("words")
    with transaction.atomic():
        row = SpecialistQuestion.objects.filter(pk=question).first()
        if row is None or not policy.may_answer_specialist(actor, row):
            raise QuestionNotThere
        if facet not in queries.facets_for_answer(row, now):
            raise ReferralFaulty("facet")
        with act(
            verb="answer_specialist",
            stream=dossier_stream(row.dossier_id),
            now=now,
            codes=_told(row, int(actor.unit_id or 0)),
        ):
            row = SpecialistQuestion.objects.select_for_update(of=("self",)).get(pk=question)
            if row.answered_at is not None:
                raise AnsweredBefore
            answer = _answered(actor, row, facet, words, now)
            _tell_asker(actor, row, now)
        if row.duty_id is not None:
            label = rules.SPECIALISTS.label(row.specialist)
            settle(actor=actor, obligation=row.duty_id, answer=label, outcome="", now=now)
    return answer


def _owe(actor: Actor, row: SpecialistQuestion, territory: str, now: datetime) -> None:
    raised = raise_for(
        actor=actor,
        dossier=row.dossier_id,
        event="ask_specialist",
        codes={"urgency": row.urgency},
        territory=territory,
        from_moment=now,
        now=now,
        sealed_actor=False,
        units={"receiving_unit": row.to_unit_id, "sending_unit": row.from_unit_id},
    )
    row.duty = next(iter(raised), None)


def _answered(actor: Actor, row: SpecialistQuestion, facet: Facet, words: str, now: datetime) -> SpecialistAnswer:
    answer = SpecialistAnswer(id=uuid4(), question=row, dossier_id=row.dossier_id, facet=int(facet), at=now)
    answer.unit_id, answer.user_id = int(actor.unit_id or 0), actor.user_id
    answer.sealed = seal_text(words.strip(), row=answer.pk, **queries.answer_words(row.dossier_id, facet))
    answer.save(force_insert=True)
    row.answered_at = now
    row.save(update_fields=["answered_at"])
    return answer


def _tell_asker(actor: Actor, row: SpecialistQuestion, now: datetime) -> None:
    link = queries.question_link(row.pk)
    units, dossier = [row.from_unit_id], row.dossier_id
    notify(actor=actor, units=units, code="specialist_answered", link=link, dossier=dossier, now=now)


def _told(row: SpecialistQuestion, unit: int) -> dict[str, Any]:
    return {"facet": Facet.OBLIGATIONS, "unit": unit, "question": str(row.pk), "to": row.to_unit_id}
