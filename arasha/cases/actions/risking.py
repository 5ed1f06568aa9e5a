"""Judging how likely harm is: what the rules suggest and what is chosen stand side by side, for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.models import RiskJudgement, RiskText
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import local

# The level from which a first judgement is told at once, too.
TOLD_FROM = "high"


class JudgedMeanwhile(Exception):
    """A colleague judged since the page was opened, and this would lower their level unseen; nothing was kept."""


class ReviewTooLate(ValueError):
    """The day lies after the last one on which a risk of this level may be judged again. `latest` says which."""

    def __init__(self, latest: date) -> None:
        super().__init__(latest.isoformat())
        self.latest = latest


@dataclass(frozen=True)
class Weighed:
    """A judgement that is written down, the one before it, and whether the level rose."""

    judgement: RiskJudgement
    before: RiskJudgement | None
    raised: bool


@sensitive_variables()
def judge_risk(
    *, actor: Actor, dossier: UUID, said: rules.RiskSaid, now: datetime, heard: Sequence[rules.Facts] = ()
) -> Weighed:
    """Keep how likely harm is, beside what the rules suggest, by when to respond and the day of the next judgement.

    `heard`: facts of `risk_heard.csv`, from filled-in forms, which lie in a folder above. They must come from what
    lies under concern: whoever reads judgements reads what they rest on. Other facts are not taken.

    A higher level is kept at once whatever else is missing, and told to the lead and to whoever oversees the file. A
    level that is lowered though nobody saw the child alone since asks for a reason (`unseen`) and is kept without one,
    which is told, too.

    Raises:
        FileNotThere: the file is not there for this actor, or its concerns are not theirs to write.
        ReasonMissing: lower than suggested, without `override`. ReviewTooLate. UnknownCode for a code of no list.
        JudgedMeanwhile: it lowers a judgement that is newer than the one that was before the judge's eyes.
    """
    rules.rank(said.level)
    with transaction.atomic():
        require_writing(actor, dossier, Facet.CONCERN)
        judgement = _judgement(actor, dossier, said, now, heard)
        told: dict[str, Any] = {"facet": Facet.CONCERN, "unit": actor.unit_id, "risk": said.level}
        told |= {"suggested": judgement.suggested, "again_on": judgement.again_on}
        with act(verb="judge_risk", stream=dossier_stream(dossier), now=now, codes=told):
            # The act holds the file's stream: whoever judges at the same moment has judged by now, or waits.
            before = queries.risk_of(dossier)
            judgement.unseen = _unseen(judgement, before, said)
            judgement.save(force_insert=True)
            _keep_words(judgement, said.words.strip())
            raised = _raises(said.level, before)
            _tell(actor, judgement, raised=raised)
    return Weighed(judgement, before, raised)


def _judgement(
    actor: Actor, dossier: UUID, said: rules.RiskSaid, now: datetime, heard: Sequence[rules.Facts]
) -> RiskJudgement:
    """Return the judgement with what the rules suggest beside it. Raises ReasonMissing, ReviewTooLate, UnknownCode."""
    kept = sorted({rules.RISK_REASONS[reason].code for reason in said.reasons})
    told = [{fact: values for fact, values in one.items() if fact in rules.HEARD} for one in heard]
    things = [*queries.incidents_weighed(dossier, now), *told]
    suggestion = rules.suggest(queries.risk_facts(dossier, now, kept), local(now).date(), things=things)
    judgement = RiskJudgement(id=uuid4(), dossier_id=dossier, level=said.level, judged_at=now, reasons=kept)
    judgement.suggested, judgement.grounds = suggestion.level, suggestion.kept()
    judgement.override = rules.check_override(said.level, suggestion.level, said.override)
    judgement.unit_id, judgement.user_id = acting_unit(actor), actor.user_id
    _date(judgement, said.again_on)
    return judgement


def _date(judgement: RiskJudgement, again_on: date | None) -> None:
    """Set by when to respond and the day of the next judgement. Raises ReviewTooLate."""
    days, today = calendar(), local(judgement.judged_at).date()
    latest = rules.review_on(judgement.level, today, days)
    if again_on is not None and again_on > latest:
        raise ReviewTooLate(latest)
    judgement.again_on = again_on or latest
    judgement.respond_by = rules.respond_by(judgement.level, judgement.judged_at, days)


def _raises(level: str, before: RiskJudgement | None) -> bool:
    if before is None:
        return rules.rank(level) >= rules.rank(TOLD_FROM)
    return rules.rank(level) > rules.rank(before.level)


def _unseen(judgement: RiskJudgement, before: RiskJudgement | None, said: rules.RiskSaid) -> str:
    """Return why the level is lowered though nobody saw the child alone; empty where that is not so."""
    if before is None or rules.rank(judgement.level) >= rules.rank(before.level):
        return ""
    if before.pk != said.over:
        raise JudgedMeanwhile
    if queries.seen_alone_since(judgement.dossier_id, before.judged_at):
        return ""
    return rules.UNSEEN[said.unseen or rules.NOT_GIVEN].code


def _keep_words(judgement: RiskJudgement, words: str) -> None:
    if not words:
        return
    row, facet = uuid4(), queries.facet_for_words(judgement.dossier_id)
    place = queries.place(judgement.dossier_id, facet, "cases_risktext")
    text = RiskText(id=row, judgement=judgement, dossier_id=judgement.dossier_id, facet=int(facet))
    text.sealed = seal_text(words, row=row, **place)
    text.save(force_insert=True)


def _tell(actor: Actor, judgement: RiskJudgement, *, raised: bool) -> None:
    """Tell the lead, whose unit's head sees it, and whoever oversees the file."""
    code = "risk_raised" if raised else "risk_lowered_unseen" if judgement.unseen else ""
    team = queries.team(judgement.dossier_id) if code else []
    units = {member.unit_id for member in team if member.part in {"lead", "overseeing"} and member.unit_id}
    if units:
        dossier = judgement.dossier_id
        link = queries.link(dossier)
        notify(actor=actor, units=sorted(units), code=code, link=link, dossier=dossier, now=judgement.judged_at)
