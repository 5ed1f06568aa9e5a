"""Referrals in words: how one stands, what is owed next and by whom, its run, what its receiver reads."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.cases.queries import of_dossiers
from arasha.kernel.worktime.rules import Unit
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.obligations.models import Obligation
from arasha.obligations.queries import link as duty_link
from arasha.obligations.rules import State as DutyState
from arasha.plans import queries
from arasha.plans.forms import OUTSIDE
from arasha.plans.models import Referral
from arasha.plans.rules import places as places_rules
from arasha.plans.rules import referral as rules
from arasha.plans.views import places_words
from arasha.plans.views.words import language, said
from arasha.protocols.queries import contents
from arasha.protocols.rules import Protocol
from arasha.services import queries as services
from arasha.ui.fields import Option
from arasha.ui.rules.parts import State

SHAPES = {DutyState.OVERDUE.value: "late", DutyState.SUSPENDED.value: "wait"}


def lines(rows: Sequence[Referral], now: datetime) -> list[dict[str, Any]]:
    """Return referrals as lines of a list; a fixed number of questions, however many."""
    found = services.shown_all([row.place.offering_id for row in rows], now=now)
    told = {one.row.offering: one for one in services.told(found.values(), language=language(), now=now)}
    called = of_dossiers(list({row.dossier_id for row in rows})) if rows else {}
    owed = {row.pk: queries.owed_of(row) for row in rows}
    protocols = contents({duty.protocol_id for duties in owed.values() for duty in duties})
    return [
        {
            "row": row,
            "url": queries.referral_link(row.pk),
            "service": places_words.service_name(row.place.service, now),
            "at": told.get(row.place.offering_id),
            "called": called[row.dossier_id].child_called if row.dossier_id in called else "",
            "state": state(row),
            "urgency": places_rules.URGENCIES.label(row.place.urgency),
            "urgent": row.place.urgency != "ordinary",
            "sent": format_moment(row.sent_at, language(), now),
            "to": row.to_unit.name if row.to_unit else _("without an account: by telephone"),
            "from": row.from_unit.name,
            "owed": [_duty(duty, protocols[duty.protocol_id], now) for duty in owed[row.pk]],
            "back": row.returned_at is not None or row.back is not None,
        }
        for row in rows
    ]


def state(row: Referral) -> State:
    """Return shape and words of how a referral stands."""
    code = queries.state_of(row)
    return State(rules.REFERRAL_STATES[code].more["shape"], rules.REFERRAL_STATES.label(code))


def reads(row: Referral, now: datetime) -> list[str]:
    """Return the names of the parts of the file that a referral opens to its receiver."""
    if row.to_unit_id is None:
        return []
    functions = queries.functions_of([row.to_unit_id], now).get(row.to_unit_id, set())
    return queries.reading_words(rules.reads_of(row.purpose, functions), language())


def run(row: Referral, now: datetime) -> list[dict[str, Any]]:
    """Return all that was done around a referral, in the order of time: its own steps, and those of its place."""
    place = queries.way_of(row.place)
    own = [(one.row.at, one.row.number, _own_step(one, now)) for one in queries.referral_way(row)]
    steps = [
        (one.row.at, 100 + one.row.number, shown)
        for one, shown in zip(place, places_words.steps(place, now), strict=True)
        if one.row.step != "ask"
    ]
    return [shown for _at, _number, shown in sorted([*own, *steps], key=lambda one: one[:2])]


def _own_step(one: queries.ReferralStepRead, now: datetime) -> dict[str, Any]:
    unit = one.row.unit.name if one.row.unit else ""
    return {
        "title": rules.REFERRAL_STEPS.label(one.row.step),
        "words": one.words,
        "child": one.child,
        "who": " · ".join(filter(None, (unit, one.who, format_moment(one.row.at, language(), now)))),
    }


def purposes(receivers: Iterable[queries.Receiver]) -> list[tuple[str, Option]]:
    """Return what a child may be referred for, each with the parts of the file that it opens to these units."""
    held = set[str]().union(*(one.functions for one in receivers))
    return [
        (row.code, Option(row.label(language()), _reading(rules.reads_of(row.code, held)) if held else ""))
        for row in rules.PURPOSES
    ]


def urgencies(kind: str) -> list[tuple[str, Option]]:
    """Return how urgent something may be, each with the time in which it must be answered (`referral_limits.csv`)."""
    return [(row.code, Option(row.label(language()), _within(f"{kind}_{row.code}"))) for row in places_rules.URGENCIES]


def _within(code: str) -> str:
    limit = rules.limit(code)
    words = {
        Unit.CLOCK_HOURS: ngettext("Answer owed within %(n)d hour", "Answer owed within %(n)d hours", limit.amount),
        Unit.WORKING_DAYS: ngettext(
            "Answer owed within %(n)d working day", "Answer owed within %(n)d working days", limit.amount
        ),
    }
    return words[limit.unit] % {"n": limit.amount}


def units(receivers: Sequence[queries.Receiver]) -> list[tuple[str, Option]]:
    """Return whom a child can be referred to at an offering: the provider's units, or by telephone."""
    found = [
        (str(one.unit.pk), Option(one.unit.name, "" if one.joins else _("works on this file already")))
        for one in receivers
    ]
    outside = Option(_("The service has no account"), _("It is told by telephone, and you write its answer down."))
    return [*found, (OUTSIDE, outside)]


def _reading(reads_mask: int) -> str:
    return _("Reads: %(parts)s") % {"parts": ", ".join(queries.reading_words(reads_mask, language())).lower()}


def _duty(duty: Obligation, protocol: Protocol, now: datetime) -> dict[str, Any]:
    late = duty.due_now < now and duty.state != DutyState.SUSPENDED.value
    when = format_moment(duty.due_now, language(), now)
    return {
        "what": said(protocol.step(duty.step).what),
        "act": said(protocol.step(duty.step).act),
        "unit": duty.unit.name if duty.unit else _("nobody was found who owes it"),
        "due": when,
        "state": State(
            "late" if late else SHAPES.get(duty.state, "open"), _("late") if late else _("by %(day)s") % {"day": when}
        ),
        "url": duty_link(duty.pk),
    }
