"""Closing a survey: its envelopes are opened, shuffled and counted, its key and its file go; all of it, or nothing."""

import json
import secrets
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.queries import body_for
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act, erasing
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import erase
from arasha.kernel.vault.queries import open_bytes
from arasha.kernel.vault.rules import KeyErased, KeyMissing, SealBroken, open_letter
from arasha.surveys import envelopes, rules
from arasha.surveys.actions.beginning import COLUMN, TABLE, SurveyNotThere, key_scope, locked, told
from arasha.surveys.models import Survey

BASIS = "survey_closed"
OVERSEES = "education_department"
CLOSES = "SELECT surveys.end_slips(%s, %s)"
RELEASES = "SELECT surveys.put_release(%s, %s::jsonb, %s::jsonb, %s)"


@sensitive_variables()
def close_survey(*, actor: Actor, survey: UUID, now: datetime) -> Survey:
    """Close a survey for good and decide what is told of it; what is withheld is destroyed with its key.

    When it is broken off before its commit, nothing has happened and it can be done again; the file that a crash
    after the commit leaves is destroyed by `sweep_envelopes`, and its key by the vault.
    Raises SurveyNotThere, NotReady.
    """
    with transaction.atomic():
        found = locked(actor, survey, {"begun", "open"})
        was_open = found.state == "open"
        decided = _decided(found, _ended(found)) if was_open else _not_opened(found)
        stream = dossier_stream(found.dossier_id)
        codes = told(found) | {"outcome": decided.outcome}
        with act(verb="close_survey", stream=stream, now=now, codes=codes):
            if decided.outcome == rules.RELEASED:
                _release(found, decided, now)
            found.state, found.closed_at = "closed", now
            found.outcome, found.split = decided.outcome, decided.split
            found.save(update_fields=["state", "closed_at", "outcome", "split"])
        if was_open:
            scope = key_scope(found)
            with erasing(scopes=[scope], stream=stream, now=now):
                erase(scope, actor=actor, now=now, legal_basis=BASIS)
            transaction.on_commit(partial(envelopes.destroy, found.pk))
    return found


def sweep_envelopes(*, actor: Actor, now: datetime) -> int:
    """Destroy files whose survey is closed, or was never opened; return how many."""
    gone = 0
    for survey in envelopes.surveys():
        with transaction.atomic():
            # Locked: an opening that is about to commit has its file already.
            found = Survey.objects.select_for_update(of=("self",)).filter(pk=survey).first()
            if found is None or found.state != "open":
                envelopes.destroy(survey)
                gone += 1
    return gone


def _ended(survey: Survey) -> int:
    """Take away the slips that nobody used, and return how many were used."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSES, [survey.pk, survey.state])
        (left,) = cursor.fetchone()
    if left is None:
        raise SurveyNotThere
    return survey.slips - int(left)


def _not_opened(survey: Survey) -> rules.Decision:
    _ended(survey)
    return rules.Decision("not_opened")


@sensitive_variables()
def _decided(survey: Survey, used: int) -> rules.Decision:
    """Open the envelopes and decide what is told of them."""
    questions = rules.questionnaire(survey.questionnaire).asked(survey.age, survey.breakdown)
    try:
        found = envelopes.contents(survey.pk)
        private = open_bytes(found.key, scope=key_scope(survey), table=TABLE, column=COLUMN, row=survey.pk)
    except (envelopes.EnvelopesLost, KeyErased, KeyMissing, SealBroken):
        return rules.Decision("lost")
    sheets = []
    for letter in found.letters:
        try:
            sheets.append(rules.unpacked(open_letter(private, letter, about=rules.about(survey.pk)), questions))
        except (SealBroken, rules.NotAnAnswer):
            continue
    return rules.decide(
        questions,
        sheets,
        enrolment=survey.enrolment,
        slips=survey.slips,
        used=used,
        breakdown=survey.breakdown,
    )


@sensitive_variables()
def _release(survey: Survey, decided: rules.Decision, now: datetime) -> None:
    """Write the figures and the shuffled answers, and let the education department of the place read the figures."""
    answers = list(decided.kept)
    secrets.SystemRandom().shuffle(answers)
    released = [{"group": one.group, "answers": one.answers, "figures": one.figures} for one in decided.released]
    with connection.cursor() as cursor:
        cursor.execute(RELEASES, [survey.pk, json.dumps(released), json.dumps(answers), now])
        if not cursor.fetchone()[0]:
            raise SurveyNotThere
    department = body_for(OVERSEES, survey.unit.territory_id, now)
    if department is not None and department.pk != survey.unit_id:
        add_member(
            dossier=survey.dossier_id,
            member=TeamMember("informed", unit_id=department.pk, reason="oversees_surveys"),
        )
