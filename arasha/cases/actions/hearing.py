"""Hearing the child: what it tells unasked is kept by anybody, what happened is asked by the trained interviewer."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import policy, queries, rules
from arasha.cases.actions.entering import acting_unit
from arasha.cases.actions.framing import WordsMissing
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import ChildWords
from arasha.kernel.access.actions import TeamMember, add_member, grant_facet
from arasha.kernel.access.rules import Actor, Facet, NotThere, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text

INTERVIEW_OPEN = timedelta(days=90)  # field practice: how long an interviewer's unit keeps the interview open
TABLE = "cases_childwords"


class NotTheInterviewer(PermissionError):
    """Only the trained interviewer of this child asks about facts. What was typed may be kept as told unasked."""


class NobodyInterviews(LookupError):
    """No unit that interviews children serves this place, or none that is not linked to the suspect."""


@sensitive_variables()
def keep_unasked(
    *, actor: Actor, dossier: UUID, where: str, said_at: datetime, words: str, now: datetime, how: str = "said"
) -> ChildWords:
    """Keep what a child told unasked, word for word, by whoever may open the file; it is refused to nobody of them.

    It lies under the narrative's facet: who may not read that does not read it again, and whoever leads is told.
    Raises FileNotThere, WordsMissing; UnknownCode for a code of no list.
    """
    rules.PLACES[where], rules.SAYING[how]
    if not words.strip():
        raise WordsMissing
    with transaction.atomic():
        if actor.unit_id is None or queries.file(actor, dossier) is None:
            raise FileNotThere
        told = {"facet": Facet.NARRATIVE, "unit": actor.unit_id, "how": how, "asked": rules.UNASKED}
        with act(verb="keep_words", stream=dossier_stream(dossier), now=now, codes=told):
            kept = _kept(actor, dossier, Facet.NARRATIVE, rules.UNASKED, words, said_at=said_at, now=now)
            kept.how, kept.where = how, where
            kept.save(force_insert=True)
            _tell(actor, dossier, now)
    return kept


@sensitive_variables()
def keep_facts(*, actor: Actor, dossier: UUID, where: str, said_at: datetime, words: str, now: datetime) -> ChildWords:
    """Keep what the child answered when it was asked what happened; by its interviewer alone, sealed as the interview.

    Raises FileNotThere, NotTheInterviewer, WordsMissing; UnknownCode for a place of no list.
    """
    rules.PLACES[where]
    if not words.strip():
        raise WordsMissing
    with transaction.atomic():
        if actor.unit_id is None or queries.file(actor, dossier) is None:
            raise FileNotThere
        if not queries.may_interview(dossier):
            raise NotTheInterviewer
        told = {"facet": Facet.INTERVIEW, "unit": actor.unit_id, "how": "said", "asked": rules.FACTS}
        with act(verb="keep_words", stream=dossier_stream(dossier), now=now, codes=told):
            kept = _kept(actor, dossier, Facet.INTERVIEW, rules.FACTS, words, said_at=said_at, now=now)
            kept.how, kept.where = "said", where
            kept.save(force_insert=True)
    return kept


def _kept(
    actor: Actor, dossier: UUID, facet: Facet, asked: str, words: str, *, said_at: datetime, now: datetime
) -> ChildWords:
    kept = ChildWords(id=uuid4(), dossier_id=dossier, facet=int(facet), asked=asked, said_at=said_at, kept_at=now)
    kept.unit_id = acting_unit(actor)
    kept.sealed = seal_text(words.strip(), row=kept.pk, **queries.place(dossier, facet, TABLE))
    return kept


def _tell(actor: Actor, dossier: UUID, now: datetime) -> None:
    """Tell who leads or oversees that the child spoke, whoever wrote it down."""
    units = queries.told_of_words(dossier) - {actor.unit_id}
    if units:
        link = queries.link(dossier, "words")
        notify(actor=actor, units=sorted(units), code="child_told", link=link, dossier=dossier, now=now)


def name_interviewer(*, actor: Actor, dossier: UUID, now: datetime) -> int:
    """Let the unit that interviews children in this place ask this child, for 90 days; returns the unit.

    By who leads the file. The unit becomes a partner if it is not on the team, reads and writes the interview, and is
    told. Raises FileNotThere, NotAllowed, NobodyInterviews.
    """
    with transaction.atomic():
        found = queries.file(actor, dossier)
        if found is None:
            raise FileNotThere
        if not policy.may_name_interviewer(actor, found):
            raise policy.NotAllowed
        unit = queries.interviewing_unit(found, now)
        if unit is None or unit.pk == actor.unit_id:
            raise NobodyInterviews
        if unit.pk in queries.interviewers(dossier):
            return unit.pk
        told = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "to": unit.pk}
        with act(verb="name_interviewer", stream=dossier_stream(dossier), now=now, codes=told):
            try:
                if unit.pk not in {member.unit_id for member in queries.team(dossier) if member.part == "partner"}:
                    add_member(dossier=dossier, member=TeamMember("partner", unit_id=unit.pk, reason="interviewer"))
                until = now + INTERVIEW_OPEN
                facet, reason = Facet.INTERVIEW, "interviewer"
                grant_facet(dossier=dossier, facet=facet, until=until, reason=reason, unit_id=unit.pk, writes=True)
            except (NotThere, Refused):
                raise policy.NotAllowed from None
            link = queries.link(dossier, "hearing")
            notify(actor=actor, units=[unit.pk], code="interviewer_named", link=link, dossier=dossier, now=now)
    return unit.pk
