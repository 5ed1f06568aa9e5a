"""What people do with signals: tell, take, close, and open the child's case."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases.actions import open_case
from arasha.cases.models import Case
from arasha.kernel.access.actions import TeamMember, bar, open_dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from arasha.obligations.actions import move_obligations, raise_for
from arasha.signals import policy, queries, rules
from arasha.signals.models import Signal, SignalReporter, SignalText

REPORTER_OF_DOOR = {"health": "health_worker"}


class SignalNotFound(LookupError):
    """There is no such signal for this actor."""


class NobodyCoordinates(Exception):
    """No level of the territory has a coordinating unit; the reporter must be told another way at once."""


class CannotBecome(Exception):
    """The signal is no longer where this action starts from; somebody was faster."""


@dataclass(frozen=True)
class Report:
    """What a reporter tells. Only the concerns and the two safety answers are ever required."""

    door: str
    territory: str
    concerns: Sequence[str]
    safe_now: str
    suspect_has_access: str
    child_called: str = ""
    child_age: int | None = None
    child_sex: str = "unknown"
    narrative: str = ""
    whereabouts: str = ""
    must_not_know: str = ""
    may_ring: str = ""
    barred_users: Iterable[int] = ()


def report_signal(*, actor: Actor, report: Report, now: datetime) -> Signal:
    """Keep a report as a signal with an owner, and raise what it obliges others to.

    The act of telling names nobody; who told lies under the reporter facet and a key of its own. The reporter is
    not on the file's team, and neither is their organisation.

    Raises:
        NotAllowed: the post may not report through this door.
        NobodyCoordinates: there is no unit that could own the signal.
    """
    if not policy.may_report(actor):
        raise policy.NotAllowed
    owner = queries.coordination_of(report.territory, now)
    if owner is None:
        raise NobodyCoordinates
    dossier = uuid4()
    signal = _signal(dossier, report, now)
    codes = {"facet": Facet.CONCERN, "door": report.door, "urgency": signal.urgency, "concerns": report.concerns}
    stream = dossier_stream(dossier)
    with transaction.atomic():
        with act(verb="report_signal", stream=stream, now=now, codes=codes, sealed_actor=True) as opened:
            lead = TeamMember("lead", unit_id=owner.id, reason="coordination")
            open_dossier(dossier=dossier, kind="signal", territory=report.territory, members=[lead], now=now)
            for user in report.barred_users:
                bar(dossier=dossier, user_id=user, reason="named_by_reporter")
            signal.save(force_insert=True)
            _keep_words(dossier, report)
            _keep_reporter(actor, dossier, report, opened.sealed_reference or uuid4())
            link = queries.link(signal.pk)
            notify(actor=actor, units=[owner.pk], code="new_signal", link=link, dossier=dossier, now=now)
        _oblige(actor, dossier, report, now)
    return signal


def _oblige(actor: Actor, dossier: UUID, report: Report, now: datetime) -> None:
    codes = {"reporter": REPORTER_OF_DOOR[report.door], "concern": "suspected_violence"}
    raise_for(
        actor=actor,
        dossier=dossier,
        event="report_signal",
        codes=codes,
        territory=report.territory,
        from_moment=now,
        now=now,
    )


def _signal(dossier: UUID, report: Report, now: datetime) -> Signal:
    urgency = rules.urgency(
        safe_now=report.safe_now, suspect_has_access=report.suspect_has_access, concerns=report.concerns
    )
    return Signal(
        dossier_id=dossier,
        door=report.door,
        received_at=now,
        answer_by=rules.answer_by(urgency, now),
        territory_id=report.territory,
        child_called=report.child_called.strip(),
        child_age=report.child_age,
        child_sex=report.child_sex or "unknown",
        concerns=list(report.concerns),
        safe_now=report.safe_now,
        suspect_has_access=report.suspect_has_access,
        urgency=urgency,
    )


def _keep_words(dossier: UUID, report: Report) -> None:
    for kind in queries.TEXT_FACETS:
        words = getattr(report, kind).strip()
        if not words:
            continue
        row, scope = uuid4(), queries.scope_of(dossier, kind)
        SignalText.objects.create(
            id=row,
            dossier_id=dossier,
            facet=scope.bit,
            kind=kind,
            sealed=seal_text(words, scope=scope, table="signals_signaltext", column="sealed", row=row),
        )


def _keep_reporter(actor: Actor, dossier: UUID, report: Report, reference: UUID) -> None:
    row = uuid4()
    who = json.dumps(
        {"user": actor.user_id, "post": actor.post_id, "unit": actor.unit_id, "may_ring": report.may_ring.strip()}
    )
    scope = Scope(kind="dossier", key=dossier, facet="reporter")
    SignalReporter.objects.create(
        id=row,
        dossier_id=dossier,
        facet=int(Facet.REPORTER),
        reference=reference,
        sealed=seal_text(who, scope=scope, table="signals_signalreporter", column="sealed", row=row),
    )


def take_signal(*, actor: Actor, signal: UUID, now: datetime) -> Signal:
    """Take a waiting (or reopen a closed) signal: from now on this unit answers for it."""
    with transaction.atomic():
        row = _locked(actor, signal, "taken")
        verb = "reopen_signal" if row.state == "closed" else "take_signal"
        with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=_codes(actor)):
            row.state, row.closing = "taken", ""
            row.taken_by_unit_id, row.taken_at = actor.unit_id, now
            row.save(update_fields=["state", "closing", "taken_by_unit", "taken_at"])
    return row


def close_signal(*, actor: Actor, signal: UUID, closing: str, now: datetime) -> Signal:
    """End the consideration of a signal that needs no case, with the reason. What is owed stays owed.

    Raises UnknownCode for a reason that is not on the list.
    """
    rules.CLOSINGS[closing]
    with transaction.atomic():
        row = _locked(actor, signal, "closed")
        codes = _codes(actor, closing=closing)
        with act(verb="close_signal", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.state, row.closing = "closed", closing
            row.save(update_fields=["state", "closing"])
    return row


def bar_person(*, actor: Actor, signal: UUID, user_id: int, now: datetime) -> None:
    """Let the signal's file not exist for somebody who is close to the suspect. Who is barred is not in the act.

    Raises Refused when the actor neither leads nor oversees the file.
    """
    with transaction.atomic():
        row = queries.find(actor, signal)
        if row is None:
            raise SignalNotFound
        if not policy.may_receive(actor):
            raise policy.NotAllowed
        with act(verb="bar_person", stream=dossier_stream(row.dossier_id), now=now, codes=_codes(actor)):
            bar(dossier=row.dossier_id, user_id=user_id, reason="close_to_suspect")


def open_case_from(*, actor: Actor, signal: UUID, now: datetime) -> Case:
    """Open the child's case from a signal: the unit leads it, and what the signal's file owes moves there."""
    with transaction.atomic():
        row = _locked(actor, signal, "case")
        case = open_case(
            actor=actor,
            signal_dossier=row.dossier_id,
            territory=row.territory_id,
            child_called=row.child_called,
            child_age=row.child_age,
            child_sex=row.child_sex,
            now=now,
        )
        with act(
            verb="join_case",
            stream=dossier_stream(row.dossier_id),
            also=[dossier_stream(case.dossier_id)],
            now=now,
            codes=_codes(actor, case=case.number),
        ):
            row.state = "case"
            row.save(update_fields=["state"])
        move_obligations(actor=actor, origin=row.dossier_id, target=case.dossier_id, now=now)
    return case


def _codes(actor: Actor, **more: str) -> dict[str, Any]:
    """Return an act's codes; whoever reads the file's obligations reads the act."""
    return {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, **more}


def _locked(actor: Actor, signal: UUID, target: str) -> Signal:
    """Return the signal under lock, when the actor may bring it to `target`."""
    seen = queries.find(actor, signal)
    if seen is None:
        raise SignalNotFound
    if not policy.may_receive(actor):
        raise policy.NotAllowed
    row = Signal.objects.select_for_update(of=("self",)).get(pk=signal)
    if not rules.may_become(row.state, target):
        raise CannotBecome
    return row
