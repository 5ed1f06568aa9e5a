"""Questions to specialists: who can be asked, what was asked in a file and of a unit, and what was answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import bars_of, names_of, team_of
from arasha.kernel.access.rules import Actor, Facet, matrix
from arasha.kernel.territory.queries import district_of
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.obligations.models import Obligation
from arasha.plans.models import SpecialistAnswer, SpecialistQuestion
from arasha.plans.queries.outside import MOST_SHOWN, Outside, functions_of, serving
from arasha.plans.rules import referral as rules

NAMED = ("from_unit", "to_unit", "duty__unit")
QUESTIONS = "plans_specialistquestion"
ANSWERS = "plans_specialistanswer"


@dataclass(frozen=True)
class AnswerRead:
    """An answer with who gave it, and its words; None: they were erased."""

    row: SpecialistAnswer
    who: str
    words: str | None


@dataclass(frozen=True)
class QuestionRead:
    """A question with its words, who asked, and the answer as far as its facet is open to the reader."""

    row: SpecialistQuestion
    who: str
    words: str | None
    answer: AnswerRead | None


def question_link(question: UUID) -> str:
    """Return the address of a question's page."""
    return f"/plans/questions/{question}/"


def question_words(dossier: UUID) -> Any:
    """Return where the vault keeps the words of questions: everybody who works on the file reads them."""
    return cases.place(dossier, Facet.OBLIGATIONS, QUESTIONS)


def answer_words(dossier: UUID, facet: Facet) -> Any:
    """Return where the vault keeps the words of answers under a facet."""
    return cases.place(dossier, facet, ANSWERS)


def specialists(case: Case, specialist: str, actor: Actor, now: datetime, *, unit: int | None = None) -> list[Outside]:
    """Return the units that can be asked as this kind of specialist, the child's district first; at most twenty.

    `near`: it serves the child's district; `reads`: what it reads once it is asked. Left out are the actor's own unit,
    bodies that are barred from the file, and those whose whereabouts are protected.
    """
    served = serving(case, rules.SPECIALISTS[specialist].more["functions"].split(), now)
    barred = [bar.body_id for bar in bars_of(case.dossier_id) if bar.body_id is not None]
    served = served.exclude(unit__body__in=barred).exclude(unit__body__protected=True).exclude(unit=actor.unit_id)
    served = served.filter(unit=unit) if unit is not None else served
    district = district_of(case.territory_id)
    near = (
        set(served.filter(territory__path__startswith=district.path).values_list("unit_id", flat=True))
        if district
        else set()
    )
    units = list(Unit.objects.filter(pk__in=served.values("unit")))
    held, obliged = functions_of([row.pk for row in units], now), matrix.of_parts()["obliged"][0]
    found = [Outside(row, row.pk in near, _reads(held.get(row.pk, set())) & obliged) for row in units]
    return sorted(found, key=lambda one: (not one.near, one.unit.name, one.unit.pk))[:MOST_SHOWN]


def questions_of(dossier: UUID) -> list[SpecialistQuestion]:
    """Return a file's questions, the newest first."""
    return list(SpecialistQuestion.objects.select_related(*NAMED).filter(dossier=dossier).order_by("-asked_at", "id"))


def questions_to(actor: Actor) -> QuerySet[SpecialistQuestion]:
    """Return the questions that were put to the actor's unit, or that it put, in files that it may know."""
    own = Q(to_unit=actor.unit_id or 0) | Q(from_unit=actor.unit_id or 0)
    return SpecialistQuestion.objects.select_related(*NAMED).filter(own)


def question_of(question: UUID) -> QuestionRead | None:
    """Return one question as the reader may read it, or None: it is not there, for them or at all."""
    row = SpecialistQuestion.objects.select_related(*NAMED).filter(pk=question).first()
    if row is None:
        return None
    answer = SpecialistAnswer.objects.select_related("unit").filter(question=row).first()
    asked, answered = row.from_user_id, answer.user_id if answer is not None else None
    names = names_of({one for one in (asked, answered) if one is not None})
    kept = question_words(row.dossier_id)
    sealed = [Sealed(bytes(row.sealed), row=str(row.pk), **kept)] if row.sealed is not None else []
    words = next(iter(open_many(sealed)), None)
    read = None
    if answer is not None:
        kept = answer_words(row.dossier_id, Facet(answer.facet))
        (text,) = open_many([Sealed(bytes(answer.sealed), row=str(answer.pk), **kept)])
        read = AnswerRead(answer, names.get(answer.user_id or 0, ""), text)
    return QuestionRead(row, names.get(row.from_user_id or 0, ""), words, read)


def facets_for_answer(row: SpecialistQuestion, now: datetime) -> list[Facet]:
    """Return the facets under which the asked unit may answer so that whoever asked can read it."""
    masks: dict[int, tuple[int, int]] = {}
    for one in team_of([row.dossier_id]):
        if one.unit_id in {row.to_unit_id, row.from_unit_id}:
            reads, writes = masks.get(one.unit_id or 0, (0, 0))
            masks[one.unit_id or 0] = reads | one.reads, writes | one.writes
    held = functions_of([row.to_unit_id, row.from_unit_id], now)
    writes = masks.get(row.to_unit_id, (0, 0))[1] & _writes(held.get(row.to_unit_id, set()))
    reads = masks.get(row.from_unit_id, (0, 0))[0] & _reads(held.get(row.from_unit_id, set()))
    return rules.answer_facets(writes, reads)


def question_page(duty: Obligation) -> str:
    """Return where a duty to answer a question is answered."""
    row = SpecialistQuestion.objects.filter(dossier=duty.dossier_id, duty=duty).first()
    return question_link(row.pk) if row is not None and duty.unit_id == row.to_unit_id else ""


def _reads(functions: set[str]) -> int:
    reads = 0
    for function in functions:
        reads |= matrix.of_functions().get(function, (0, 0))[0]
    return reads


def _writes(functions: set[str]) -> int:
    writes = 0
    for function in functions:
        writes |= matrix.of_functions().get(function, (0, 0))[1]
    return writes
