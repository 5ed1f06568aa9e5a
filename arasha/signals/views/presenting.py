"""Signals as words and shapes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.cases.queries import link as case_link
from arasha.cases.queries import may_open
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import (
    format_ago,
    format_date,
    format_lateness,
    format_left,
    format_moment,
    format_number,
)
from arasha.signals import queries, rules
from arasha.signals.models import Signal
from arasha.signals.policy import may_receive
from arasha.ui.rules import CodeList
from arasha.ui.rules.page import Filter, Link
from arasha.ui.rules.parts import Safety, Sealed, State

SOON = timedelta(hours=12)
HOLDERS = ("nobody", "us", "others")


def queue_title(waiting: int) -> str:
    """Say the situation in one sentence."""
    if not waiting:
        return _("No signal waits for you")
    return ngettext("%(n)s signal waits for you", "%(n)s signals wait for you", waiting) % {"n": waiting}


def queue_tabs(state: str) -> list[Link]:
    """Return the tabs of the queue: all, and one for each state."""
    address = reverse("signals:queue")
    tabs = [Link(_("Open"), address, current=not state)]
    return tabs + [
        Link(code.label(_language()), f"{address}?state={code.code}", state == code.code) for code in rules.STATES
    ]


def filters(chosen: Mapping[str, Sequence[str]]) -> list[Filter]:
    """Return by what the list may be narrowed, as codes in the address."""
    words = {"nobody": _("nobody yet"), "us": _("our unit"), "others": _("others")}
    return [
        Filter("urgency", _("Urgency"), _labels(rules.URGENCIES), frozenset(chosen["urgency"])),
        Filter("door", _("Where from"), _labels(rules.DOORS), frozenset(chosen["door"])),
        Filter("who", _("Who has it"), [(code, words[code]) for code in HOLDERS], frozenset(chosen["who"])),
    ]


def _labels(codes: CodeList) -> list[tuple[str, str]]:
    return [(code.code, codes.label(code.code)) for code in codes]


def candidates(actor: Actor, signal: Signal, now: datetime) -> list[dict[str, Any]]:
    """Return who may be the same child, with what agrees and what differs."""
    return [_candidate(one, now) for one in queries.alike(actor, signal, now)]


def _candidate(one: queries.Candidate, now: datetime) -> dict[str, Any]:
    found = one.case or one.signal
    assert found is not None  # one of the two  # noqa: S101
    known = _("open case %(number)s") % {"number": one.case.number} if one.case else _("another signal")
    url = case_link(one.case.dossier_id) if one.case else reverse("signals:page", kwargs={"signal": found.pk})
    like = one.likeness
    sex = rules.SEXES.label(found.child_sex)
    age = ngettext("%(n)s year", "%(n)s years", found.child_age or 0) % {"n": found.child_age}
    return {
        "url": url,
        "name": found.child_called,
        "known": known,
        "agree": ngettext("%(n)s thing agrees", "%(n)s things agree", like.agree) % {"n": like.agree},
        "rows": [
            (_("What the child is called"), found.child_called, like.called),
            (_("Age, years"), age if found.child_age is not None else "–", like.age),
            (_("Girl or boy"), sex, like.sex),
            (_("The child’s school or kindergarten"), "", like.school),
            (_("The child’s clinic"), "", like.clinic),
        ],
        "case": one.case.pk if one.case else None,
    }


def offers(count: int) -> str:
    """Say how many files other units offer, empty when none."""
    if not count:
        return ""
    words = ngettext("%(n)s file is offered to your unit", "%(n)s files are offered to your unit", count)
    return words % {"n": count}


def coordinates(held: UnitFunction | None) -> str:
    """Say which body coordinates here, with which function and since when."""
    if held is None:
        return _("Nobody coordinates in this district.")
    return _("Coordinates here: %(unit)s, since %(day)s") % {
        "unit": held.unit.name,
        "day": format_date(local(held.since).date(), _language()),
    }


def child(signal: Signal) -> str:
    """Name the child as the reporter did, or say what is known."""
    parts = [signal.child_called or rules.SEXES.label(signal.child_sex)]
    if signal.child_sex == "unknown" and not signal.child_called:
        parts = [_("A child, name not known")]
    if signal.child_age is not None:
        parts.append(ngettext("%(n)s year", "%(n)s years", signal.child_age) % {"n": signal.child_age})
    return ", ".join(parts)


def concerns(signal: Signal) -> str:
    """Return what worries, in words."""
    words = ", ".join(rules.CONCERNS.label(code) for code in signal.concerns)
    return words[:1].upper() + words[1:]


def state(signal: Signal, now: datetime) -> State:
    """Return how soon an answer is due, or where the signal stands."""
    if signal.state != "waiting":
        kind = {"taken": "wait", "case": "met", "closed": "met"}[signal.state]
        return State(kind, rules.STATES.label(signal.state))
    left = signal.answer_by - now
    if left < timedelta(0):
        return State("late", format_lateness(-left, _language()))
    return State("soon" if left <= SOON else "open", format_left(left, _language()))


def row(signal: Signal, now: datetime) -> dict[str, Any]:
    """Return one line of the queue."""
    return {
        "url": reverse("signals:page", kwargs={"signal": signal.pk}),
        "concerns": concerns(signal),
        "child": child(signal),
        "state": state(signal, now),
        "urgency": rules.URGENCIES.label(signal.urgency),
        "unsafe": signal.urgency == "tonight",
        "place": signal.territory.name(_language()),
        "door": rules.DOORS.label(signal.door),
        "ago": format_ago(now - signal.received_at, _language()),
        "taken_by": signal.taken_by_unit,
    }


def page(actor: Actor, signal: Signal, now: datetime) -> dict[str, Any]:
    """Return what the page of one signal shows."""
    texts = queries.texts_of(signal.dossier_id)
    return {
        "page_title": f"{concerns(signal)}: {child(signal)}",
        "signal": signal,
        "state": state(signal, now),
        "safety": safety(signal),
        "received": format_moment(signal.received_at, _language(), now),
        "place": signal.territory.name(_language()),
        "door": rules.DOORS.label(signal.door),
        "urgency": rules.URGENCIES.label(signal.urgency),
        "facts": facts(signal, now),
        "injuries": injuries(queries.injuries_of(signal.dossier_id)),
        "said": [(label, texts[kind]) for kind, label in text_labels() if kind in texts],
        "reporter": Sealed(
            _("Who reported"), _("Sealed for everybody. The reporter's organisation cannot see that a report exists.")
        ),
        "may_take": may_receive(actor) and rules.may_become(signal.state, "taken"),
        "may_close": may_receive(actor) and rules.may_become(signal.state, "closed"),
        "may_open_case": may_receive(actor) and may_open(actor) and rules.may_become(signal.state, "case"),
        "subjects": subjects(signal),
        "candidates": candidates(actor, signal, now) if rules.may_become(signal.state, "case") else [],
        "may_join": may_receive(actor) and may_open(actor) and rules.may_become(signal.state, "case"),
        "may_leave": signal.state == "case" and may_receive(actor) and may_open(actor),
        "agreement": {
            "same": _("agrees"),
            "near": _("close"),
            "differs": _("differs"),
            "not_said": _("not said"),
        },
        "closing": rules.CLOSINGS.label(signal.closing) if signal.closing else "",
    }


def subjects(signal: Signal) -> list[Link]:
    """Return the pages of the signal's file that take what is seen, said and decided, and the lead's own."""
    words = {
        "safety": _("Judge whether the child is safe"),
        "words": _("What the child said"),
        "household": _("The other children of the household"),
        "considered": _("Who else must be thought of"),
        "lead": _("Hand over to another unit or district"),
    }
    links = [Link(label, case_link(signal.dossier_id, code)) for code, label in words.items()]
    if signal.door in rules.PUBLIC_DOORS:
        links.insert(0, Link(_("Answer the teller"), reverse("tellers:talk", kwargs={"dossier": signal.dossier_id})))
    return links


def facts(signal: Signal, now: datetime) -> list[tuple[str, str]]:
    """Return what the report says in codes: why it is urgent, when it was noticed, the child's school and clinic."""
    rows = [(_("Why so soon"), why(signal))] if signal.urgency_rule in rules.URGENCY_RULES else []
    if signal.door == "noticed":
        how = _("A rule noticed it and a person read it. School and home were not contacted.")
        rows.append((_("How it came"), how))
    if signal.identified_at:
        rows.append((_("When it was noticed"), format_moment(signal.identified_at, _language(), now)))
    works = rules.WORKPLACES.label(signal.suspect_works) if signal.suspect_works else ""
    named = [
        (_("The child’s school or kindergarten"), signal.school.name if signal.school else ""),
        (_("The child’s clinic"), signal.clinic.name if signal.clinic else ""),
        (_("Where the person suspected works"), works),
        (_("Where it happened"), happened(signal)),
        (_("Who is suspected"), rules.SUSPECTS.label(signal.suspect) if signal.suspect else ""),
        (_("The child’s class"), signal.school_class),
        (_("Signs of danger"), ", ".join(rules.DANGERS.label(code) for code in signal.dangers)),
        (_("A statement to the police"), rules.STATEMENTS.label(signal.statement) if signal.statement else ""),
        (_("Which way it came"), rules.WAYS.label(signal.way) if signal.way != "direct" else ""),
    ]
    return rows + [(label, words) for label, words in named if words]


def happened(signal: Signal) -> str:
    """Return in which institution it happened: its kind and name, empty where it was elsewhere."""
    if not signal.happened_in:
        return ""
    kind = rules.INSTITUTIONS.label(signal.happened_in)
    kind = kind[:1].upper() + kind[1:]
    return f"{kind}: {signal.institution.name}" if signal.institution else kind


def why(signal: Signal) -> str:
    """Return the rule that gave the urgency, and that nobody has checked it where that is so."""
    rule = rules.URGENCY_RULES[signal.urgency_rule]
    words = rule.label(_language())
    return words if rule.more["verified_by"] else _("%(rule)s (rule not yet checked by a lawyer)") % {"rule": words}


def injuries(seen: list[rules.Injury] | None) -> list[str] | None:
    """Return each injury as one line; None where they were erased."""
    return None if seen is None else [_injury(injury) for injury in seen]


def _injury(injury: rules.Injury) -> str:
    parts = [rules.REGIONS.label(injury.region), rules.KINDS.label(injury.kind)]
    if injury.size:
        lengths = " × ".join(format_number(Decimal(length) / 10, _language()) for length in injury.size)
        parts.append(_("%(size)s cm") % {"size": lengths})
    parts += [rules.COLOURS.label(colour) for colour in injury.colours]
    if injury.seen_on:
        parts.append(_("seen on %(day)s") % {"day": format_date(injury.seen_on, _language())})
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def text_labels() -> list[tuple[str, str]]:
    """Return the kinds of a report's words with their headings, in reading order."""
    return [
        ("must_not_know", _("Who must not learn of it, or be contacted")),
        ("whereabouts", _("Where the child can be found")),
        ("place_called", _("What the institution is called")),
        ("narrative", _("What was seen or heard")),
    ]


def safety(signal: Signal) -> Safety:
    """Return the banner: what the reporter answered, never calmer than that."""
    access = {
        "yes": _("The person suspected can reach the child today."),
        "no": _("The person suspected cannot reach the child today."),
        "unknown": _("Nobody knows yet whether the person suspected can reach the child."),
    }[signal.suspect_has_access]
    if signal.safe_now == "yes":
        return Safety("safe", _("The reporter thinks that the child is safe now"), access)
    if signal.safe_now == "no":
        return Safety("unsafe", _("The child is not safe now"), access)
    return Safety("unknown", _("Nobody knows yet whether the child is safe"), access)


def _language() -> str:
    return get_language() or "kk"
