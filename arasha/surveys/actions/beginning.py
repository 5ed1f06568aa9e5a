"""Beginning a survey, printing its slips, opening it for answers."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.actions import TeamMember, open_dossier
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_bytes
from arasha.kernel.vault.rules import Scope, public_half
from arasha.surveys import envelopes, policy, rules
from arasha.surveys.models import Survey
from arasha.surveys.queries.slips import slip_key

KIND = "survey"
# Nothing else of a survey's dossier lies under this facet: closing erases it whole.
KEY_FACET = Facet.EDUCATION.name.lower()
# What the private half is bound to; it lies in the survey's file, in no table.
TABLE, COLUMN = "surveys_survey", "private"


class SurveyNotThere(LookupError):
    """There is no such survey for this actor."""


class NotReady(Exception):
    """The survey is in a state in which this can't be done."""


class ClassTooSmall(ValueError):
    """Fewer than ten pupils: no result could ever be shown, so they are not asked."""


class AskedLately(Exception):
    """The class was asked less than 90 days ago: the difference of two results could tell of one pupil."""


def begin_survey(
    *, actor: Actor, called: str, age: str, language: str, enrolment: int, breakdown: str, now: datetime
) -> Survey:
    """Begin a survey of one class of the actor's school. Raises NotAllowed, ClassTooSmall, AskedLately, KeyError."""
    if not policy.may_run(actor) or actor.unit_id is None:
        raise policy.NotAllowed
    asked = rules.questionnaire()
    asked.sheet(age)
    if enrolment < rules.LEAST:
        raise ClassTooSmall
    if language not in rules.LANGUAGES or breakdown not in rules.BREAKDOWNS or enrolment > rules.MOST:
        raise KeyError((language, breakdown, enrolment))
    unit = Unit.objects.get(pk=actor.unit_id)
    survey = Survey(id=uuid4(), dossier_id=uuid4(), unit=unit, questionnaire=asked.code, version=asked.version)
    survey.called = " ".join(called.split())[: rules.LONGEST_NAME]
    survey.age, survey.language, survey.enrolment, survey.breakdown = age, language, enrolment, breakdown
    survey.recorded_at, survey.ends_at = now, now + rules.LASTS
    with transaction.atomic():
        _one_at_a_time(unit)
        if asked_lately(survey, now):
            raise AskedLately
        with act(verb="begin_survey", stream=dossier_stream(survey.dossier_id), now=now, codes=told(survey)):
            lead = TeamMember("lead", unit_id=unit.pk, reason="runs_survey")
            open_dossier(dossier=survey.dossier_id, kind=KIND, territory=unit.territory_id, members=[lead], now=now)
            survey.save(force_insert=True)
    return survey


def asked_lately(survey: Survey, now: datetime) -> bool:
    """Say whether the class is being asked, or was told of less than 90 days ago."""
    others = Survey.objects.filter(unit=survey.unit_id, recorded_at__gt=now - rules.APART)
    standing = others.exclude(state="closed") | others.filter(outcome=rules.RELEASED)
    return any(rules.same_class(survey.called, called) for called in standing.values_list("called", flat=True))


def _one_at_a_time(unit: Unit) -> None:
    """Let a unit begin one survey after the other, so that two don't begin the same class."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"surveys:{unit.pk}"])


@sensitive_variables()
def print_slips(*, actor: Actor, survey: UUID, count: int, now: datetime) -> list[str]:
    """Draw new numbers for a class and return them: they are kept nowhere, and those printed before are void.

    Raises SurveyNotThere, NotReady.
    """
    with transaction.atomic():
        found = locked(actor, survey, {"begun"})
        if not 1 <= count <= found.enrolment:
            raise NotReady
        drawn = rules.new_slips(count)
        key = slip_key()
        with act(verb="print_slips", stream=dossier_stream(found.dossier_id), now=now, codes=told(found)):
            with connection.cursor() as cursor:
                hashes = [rules.fingerprint(slip, key) for slip in drawn]
                cursor.execute("SELECT surveys.put_slips(%s, %s::bytea[])", [found.pk, hashes])
                if not cursor.fetchone()[0]:
                    raise SurveyNotThere
            found.slips = count
            found.save(update_fields=["slips"])
    return drawn


@sensitive_variables()
def open_survey(*, actor: Actor, survey: UUID, now: datetime) -> Survey:
    """Let pupils answer: make the survey's own pair of keys and its file. Raises SurveyNotThere, NotReady."""
    with transaction.atomic():
        found = locked(actor, survey, {"begun"})
        if found.slips < rules.LEAST:
            raise NotReady
        private = secrets.token_bytes(32)
        with act(verb="open_survey", stream=dossier_stream(found.dossier_id), now=now, codes=told(found)):
            found.public, found.state, found.opened_at = public_half(private), "open", now
            found.save(update_fields=["public", "state", "opened_at"])
        sealed = seal_bytes(private, scope=key_scope(found), table=TABLE, column=COLUMN, row=found.pk)
        envelopes.create(found.pk, key=sealed, records=found.slips)
    return found


def key_scope(survey: Survey) -> Scope:
    """Return under what the private half of a survey's key is sealed: nothing else is, and closing erases it."""
    return Scope("dossier", survey.dossier_id, KEY_FACET)


def locked(actor: Actor, survey: UUID, states: set[str]) -> Survey:
    """Return a survey that the actor runs, locked until the transaction ends. Raises SurveyNotThere, NotReady."""
    found = policy.own(actor).select_for_update(of=("self",)).filter(pk=survey).first()
    if found is None:
        raise SurveyNotThere
    if found.state not in states:
        raise NotReady
    return found


def told(survey: Survey) -> dict[str, object]:
    """Return what an act of a survey says."""
    return {"facet": Facet.OBLIGATIONS, "unit": survey.unit_id, "survey": str(survey.pk)}
