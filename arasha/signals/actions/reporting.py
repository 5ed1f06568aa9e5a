"""Telling: a report becomes a signal with an owner, and nothing in it says who told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import described
from arasha.kernel.access.actions import TeamMember, add_member, bar, open_dossier
from arasha.kernel.access.rules import Actor, Facet, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from arasha.obligations.actions import raise_for
from arasha.obligations.queries import Finder
from arasha.people.actions import write_person
from arasha.signals import policy, queries, rules
from arasha.signals.actions import hindering, staying
from arasha.signals.actions.receipts import Given, keep_receipt
from arasha.signals.models import Signal, SignalInjury, SignalReporter, SignalText

# Who owns the risk of suicide where neither coordination nor helpline may know.
ANSWER_AT_NIGHT = ("guardianship", "ombudsperson")


class NobodyCoordinates(Exception):
    """No level of the territory has a coordinating unit; the reporter must be told another way at once."""


class AlreadyTold(Exception):
    """The same form was sent before: its report is kept, once."""


@dataclass(frozen=True)
class Reported:
    """A report that was kept, and what its reporter takes away."""

    signal: Signal
    given: Given


def report_signal(*, actor: Actor, report: rules.Report, now: datetime) -> Signal:
    """Keep a report as a signal with an owner, and raise what it obliges others to.

    The act of telling names nobody; who told lies under the reporter facet and a key of its own. The reporter is
    not on the file's team, and neither is their organisation unless they chose the way through its head. The owner
    is the nearest coordinating unit in which somebody may know; whoever is named as one who must not is barred.

    Raises:
        NotAllowed: the post may not report through this door.
        NobodyCoordinates: there is no unit that could own the signal.
    """
    with transaction.atomic():
        return _report(actor, report, uuid4(), now, None)[0]


@sensitive_variables()
def report_with_receipt(*, actor: Actor, report: rules.Report, phrase: str, ticket: str, now: datetime) -> Reported:
    """Do the same for a person at a form, and give them a receipt: a code, and their phrase or one made for them.

    `ticket` names the form: sent twice, it is one report. Raises AlreadyTold then, and what `report_signal` raises.
    """
    with transaction.atomic():
        dossier = rules.file_of(ticket) if ticket else uuid4()
        signal, given = _report(actor, report, dossier, now, phrase)
        return Reported(signal, cast(Given, given))


def _report(
    actor: Actor, report: rules.Report, dossier: UUID, now: datetime, phrase: str | None
) -> tuple[Signal, Given | None]:
    if not policy.may_report(actor, report.door):
        raise policy.NotAllowed
    plan, finder, given = queries.plan_of(actor, report, now), Finder(now), None
    signal = _signal(dossier, report, plan, now)
    codes = {"facet": Facet.CONCERN, "door": report.door, "urgency": signal.urgency, "concerns": report.concerns}
    stream = dossier_stream(dossier)
    with act(verb="report_signal", stream=stream, now=now, codes=codes, sealed_actor=True) as opened:
        _open(dossier, report, now)
        _bar(dossier, report, plan)
        owner = _put_owner(dossier, report, finder)
        watching = _put_watching(dossier, report, owner, finder)
        signal.save(force_insert=True)
        if signal.child_called:
            # Whoever finds the child later must find this file; the unit that told stands nowhere in it.
            child = described(signal.child_called, signal.child_age, signal.child_sex, now)
            write_person(actor=actor, dossier=dossier, role="child", described=child, now=now, unseen=True)
        _keep_words(dossier, report)
        hindering.keep_told(dossier, report, plan.hindering, now)
        if rules.RINGS_FOR in report.concerns:
            staying.begin_watch(dossier, now)
        _keep_injuries(dossier, report.injuries)
        _keep_reporter(actor, dossier, report, opened.sealed_reference or uuid4())
        if phrase is not None:
            given = keep_receipt(dossier=dossier, phrase=phrase, now=now)
        link = queries.link(signal.pk)
        notify(actor=actor, units=[owner, *watching], code="new_signal", link=link, dossier=dossier, now=now)
    _oblige(actor, signal, report, plan, finder)
    return signal, given


def _open(dossier: UUID, report: rules.Report, now: datetime) -> None:
    """Open the file; one that is there already came from the same form."""
    try:
        open_dossier(dossier=dossier, kind="signal", territory=report.territory, members=[], now=now)
    except Refused as refused:
        raise AlreadyTold from refused


def _bar(dossier: UUID, report: rules.Report, plan: queries.Plan) -> None:
    for user in sorted(plan.barred_users):
        bar(dossier=dossier, user_id=user, reason="named_by_reporter")
    reason = "institution_concerned" if report.happened_in else "suspect_works_there"
    for body in sorted(plan.barred_bodies):
        bar(dossier=dossier, body_id=body, reason=reason)
    if plan.hindering and plan.hindering not in plan.barred_bodies:
        bar(dossier=dossier, body_id=plan.hindering, reason="hindered_statement")


def _put_owner(dossier: UUID, report: rules.Report, finder: Finder) -> int:
    """Let the nearest coordinating unit in which somebody may know of the file lead it.

    Where nobody coordinates, a child who may harm themselves is kept all the same: others answer at night.
    """
    first, *above = queries.owners_of(report.territory)
    if rules.RINGS_FOR in report.concerns:
        above += ANSWER_AT_NIGHT
    found = finder.obliged(dossier, first, report.territory, above)
    if found.unit is None:
        raise NobodyCoordinates
    add_member(dossier=dossier, member=TeamMember("lead", unit_id=found.unit.pk, reason="coordination"))
    return int(found.unit.pk)


def _put_watching(dossier: UUID, report: rules.Report, owner: int, finder: Finder) -> list[int]:
    """Let outsiders oversee the file of harm in an institution; who owns it needs no second part."""
    if not report.happened_in:
        return []
    units = [unit for unit in queries.watching(finder, dossier, report.territory) if unit != owner]
    for unit in units:
        add_member(dossier=dossier, member=TeamMember("overseeing", unit_id=unit, reason="institution"))
    return units


def _oblige(actor: Actor, signal: Signal, report: rules.Report, plan: queries.Plan, finder: Finder) -> None:
    raise_for(
        actor=actor,
        dossier=signal.dossier_id,
        event="report_signal",
        codes=event_codes(report, plan, signal),
        territory=report.territory,
        from_moment=finder.at,
        identified_at=report.identified_at,
        units={role: unit.pk for role, unit in plan.units.items()},
        now=finder.at,
        finder=finder,
    )
    if told := rules.hindrances_of(report.statement, pressure=report.pressure):
        hindering.oblige(actor, signal.dossier_id, told, report.territory, finder, sealed=True)


def event_codes(report: rules.Report, plan: queries.Plan, signal: Signal) -> Mapping[str, Any]:
    """Return the codes that procedures' conditions ask about."""
    return {
        "reporter": rules.DOORS[report.door].more["reporter"],
        "concern": rules.concern_codes(report.concerns, signal.response),
        "urgency": signal.urgency,
        "way": plan.way,
        "school": plan.school_code,
        "clinic": plan.clinic_code,
        "safe": report.safe_now,
        "injury": "seen" if report.injuries else "none",
        "institution": [report.happened_in, "institution"] if report.happened_in else "none",
        "suspect": report.suspect or "unknown",
        "statement": report.statement or "not_said",
        "response": signal.response,
    }


def _signal(dossier: UUID, report: rules.Report, plan: queries.Plan, now: datetime) -> Signal:
    urgency = rules.urgency(
        safe_now=report.safe_now,
        suspect_has_access=report.suspect_has_access,
        concerns=report.concerns,
        injuries=report.injuries,
        age=report.child_age,
        dangers=report.dangers,
    )
    return Signal(
        dossier_id=dossier,
        door=report.door,
        received_at=now,
        identified_at=report.identified_at,
        answer_by=rules.answer_by(urgency.code, now),
        territory_id=report.territory,
        child_called=report.child_called.strip(),
        child_age=report.child_age,
        child_sex=report.child_sex or "unknown",
        concerns=list(report.concerns),
        safe_now=report.safe_now,
        suspect_has_access=report.suspect_has_access,
        urgency=urgency.code,
        urgency_rule=urgency.rule,
        way=plan.way,
        school=plan.school,
        clinic=plan.clinic,
        suspect_works=plan.suspect_works,
        happened_in=report.happened_in or None,
        institution_id=plan.institution,
        suspect=report.suspect or None,
        school_class=report.school_class.strip()[:16] if plan.school else "",
        dangers=list(report.dangers),
        statement=report.statement,
        response=queries.response_of(report, urgency.code, now),
    )


def _keep_words(dossier: UUID, report: rules.Report) -> None:
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


def _keep_injuries(dossier: UUID, injuries: Sequence[rules.Injury]) -> None:
    place = queries.injury_place(dossier)
    for number, injury in enumerate(injuries):
        row = uuid4()
        sealed = seal_text(rules.to_json(injury), row=row, **place)
        SignalInjury.objects.create(id=row, dossier_id=dossier, place=number, sealed=sealed)


def _keep_reporter(actor: Actor, dossier: UUID, report: rules.Report, reference: UUID) -> None:
    row = uuid4()
    told = {"user": actor.user_id, "post": actor.post_id, "unit": actor.unit_id, "account": actor.account_id}
    who = json.dumps(told | {"may_ring": report.may_ring.strip()})
    scope = Scope(kind="dossier", key=dossier, facet="reporter")
    SignalReporter.objects.create(
        id=row,
        dossier_id=dossier,
        facet=int(Facet.REPORTER),
        reference=reference,
        sealed=seal_text(who, scope=scope, table="signals_signalreporter", column="sealed", row=row),
    )
