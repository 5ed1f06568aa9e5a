"""One file: safety, the four answers, the first seven days, the journey, who is on it and what is owed next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.cases.queries import safety_of
from arasha.cases.rules import SAFETY, SAYING, SEEN
from arasha.cases.rules import Safety as Judged
from arasha.coordination import queries
from arasha.coordination.views import journeying, looking, presenting, silences, telling
from arasha.coordination.views.presenting import language, said, state
from arasha.coordination.views.rooms import rooms
from arasha.doors.queries import link as teller_link
from arasha.evidence.queries import counted
from arasha.evidence.queries import link as files_link
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import Calendar, local
from arasha.kernel.worktime.rules.formats import format_limit, format_moment
from arasha.obligations.models import Obligation
from arasha.obligations.queries import link
from arasha.obligations.rules import State
from arasha.plans.queries import assessment_panel, panel_of
from arasha.signals.queries import ways_of
from arasha.signals.rules import PUBLIC_DOORS
from arasha.ui.rules.clock import RADII, Ring, clock
from arasha.ui.rules.page import Action
from arasha.ui.rules.parts import Answer, Member, Owed, Safety, Sealed

NEXT = 4
WEEK = timedelta(days=7)
LISTED = 12


@signed_in
@require_safe
def file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show one file: whether the child is safe, who leads, what is late, what happens next, and its journey."""
    page = queries.file_page(request.actor, dossier)
    if page is None:
        raise Http404
    request.look(dossier)
    teller = telling.Teller(page, request.now)
    days = calendar()
    context = overview(page, request.actor, request.now) | first_days(page, request.now, days)
    noticed = queries.silences_drawn(dossier) if page.matter.case else []
    context |= journeying.context(teller, days, noticed)
    context["silences"] = silences.of_head(noticed, request)
    context["tabs"] = looking.tabs_of(dossier, "file")
    return render(request, "coordination/file.html", context)


@signed_in
@require_safe
def duties(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List everything that was ever owed in a file, with where it stands: what runs first, by when it is due."""
    page = queries.file_head(request.actor, dossier)
    if page is None:
        raise Http404
    request.look(dossier)
    rows = sorted(page.obligations, key=lambda row: (not queries.is_owed(row), row.due_now))
    running = sum(queries.is_owed(row) for row in rows)
    words = ngettext("%(n)s obligation runs: %(child)s", "%(n)s obligations run: %(child)s", running)
    context = {
        "page_title": words % {"n": running, "child": presenting.child(page.matter)},
        "page_meta": presenting.meta(page, request.now),
        "tabs": looking.tabs_of(dossier, "duties"),
        "rows": [duty(row, page, request.now) for row in rows],
        "nothing": presenting.nothing_owed(),
    }
    return render(request, "coordination/duties.html", context)


def duty(row: Obligation, page: queries.FilePage, now: datetime) -> dict[str, Any]:
    """Return one obligation of a file as a line of a list."""
    step = page.procedures[row.protocol_id].step(row.step)
    return {
        "url": link(row.pk),
        "what": said(step.what),
        "unit": row.unit.name if row.unit else _("nobody was found"),
        "limit": format_limit(step.limit, language()),
        "state": state(row, now),
        "due": format_moment(row.due_now, language(), now),
        "rung": row.rung,
        "rungs": len(row.ladder),
        "reached": reached(row, now),
    }


def reached(row: Obligation, now: datetime) -> str:
    """Say with whom an obligation's silence is now, and since when; nothing when nobody was told."""
    told = [one for one in row.escalations.all() if one.outcome == "told" and one.unit]
    if not told:
        return ""
    last = max(told, key=lambda one: one.rung)
    values = {"unit": last.unit.name if last.unit else "", "moment": format_moment(last.fell_due_at, language(), now)}
    return _("with %(unit)s, %(moment)s") % values


def overview(page: queries.FilePage, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what a file's page shows above and beside its story."""
    running = [row for row in page.obligations if queries.is_owed(row)]
    told = page.matter.signal
    return {
        "page_title": presenting.child(page.matter),
        "page_meta": presenting.meta(page, now),
        "dossier": page.dossier,
        "safety": safety(page, safety_of(page.dossier.pk, now), now),
        "answers": answers(page, running, now),
        "team": members(page),
        "owed": [
            Owed(state(row, now), duty(row, page, now)["what"], row.unit.name if row.unit else "", link(row.pk))
            for row in running[:NEXT]
        ],
        "running": len(running),
        "sealed": [Sealed(_("Who reported"), _("Sealed for everybody on this file."))],
        "ways": ways_of(actor, page.dossiers, None if len(page.origins) > 1 else page.matter.signal),
        "signal_url": reverse("signals:page", kwargs={"signal": told.pk}) if told else "",
        "teller_url": teller_link(told.dossier_id) if told and told.door in PUBLIC_DOORS else "",
        "sent": [(files_link(one), n) for one, n in counted(page.dossiers)],
        "rooms": rooms(actor, page.dossier.pk),
        "plans": panel_of(page.dossier.pk, now),
        "assessment": assessment_panel(actor, page.dossier.pk, now) if page.matter.case else None,
    }


def first_days(page: queries.FilePage, now: datetime, days: Calendar) -> dict[str, Any]:
    """Return the obligation clock with its list: what was raised in the file's first seven days."""
    opened = min([page.dossier.opened_at, *(row.raised_at for row in page.obligations)])
    rows = [row for row in page.obligations if row.raised_at < opened + WEEK]
    if not rows:
        return {"clock": None}
    begin = local(opened)
    off = frozenset(day for n in range(9) if not days.works(day := (begin + timedelta(days=n)).date()))
    rings = [Ring(state(row, now).kind, local(row.raised_at), local(row.due_now), _ended(row)) for row in rows]
    return {
        "clock": clock(begin, local(now), rings[: len(RADII)], off),
        "clock_sentence": _("The obligations of the first seven days, as a clock. The list beside it says the same."),
        "clock_list": [(number, duty(row, page, now)) for number, row in enumerate(rows[:LISTED], 1)],
        "drawn": len(RADII),
        "clock_more": max(len(rows) - LISTED, 0),
    }


def _ended(row: Obligation) -> datetime | None:
    ended = queries.ended_at(row)
    return local(ended) if ended else None


def safety(page: queries.FilePage, judged: Judged, now: datetime) -> Safety:
    """Return the banner: the last judgement and what it is worth now; without one the child's safety is not known."""
    judge = Action(_("Judge the child’s safety"), reverse("cases:safety", kwargs={"dossier": page.dossier.pk}))
    if judged.judged:
        heading = SAFETY.label(judged.judged)
        if judged.is_past:
            heading = _("The judgement is over: nobody knows whether the child is safe now")
        return Safety(judged.state, heading[:1].upper() + heading[1:], _facts(judged, now), judge)
    signal = page.matter.signal
    if signal is not None and signal.safe_now == "no":
        unsafe, nobody = _("The reporter says that the child is not safe"), _("Nobody has judged it since.")
        return Safety("unsafe", unsafe, nobody, judge)
    if signal is not None and signal.safe_now == "yes":
        calm, nobody = _("The reporter thinks that the child is safe"), _("Nobody has judged it since.")
        return Safety("unknown", calm, nobody, judge)
    words = _("Nobody has judged yet whether the child is safe"), _("Somebody must see the child.")
    return Safety("unknown", *words, judge)


def _facts(judged: Judged, now: datetime) -> str:
    """Return who judged when, how the child was seen, and by when to judge again."""
    parts = [judged.unit, format_moment(judged.judged_at, language(), now) if judged.judged_at else ""]
    parts.append(_("child seen: %(how)s") % {"how": SEEN.label(judged.seen)})
    if judged.again_by:
        parts.append(_("judge again by %(moment)s") % {"moment": format_moment(judged.again_by, language(), now)})
    return " · ".join(part for part in parts if part)


def heard(page: queries.FilePage, now: datetime) -> Answer:
    """Say whether and when the child was heard; the words themselves stand on their own page."""
    if page.said is None:
        return Answer(
            _("What the child said"),
            lead=_("Not asked yet"),
            text=_("Wishes are asked by whoever sees the child first."),
        )
    how, at = page.said
    label = SAYING.label(how)
    return Answer(_("What the child said"), lead=label[:1].upper() + label[1:], text=format_moment(at, language(), now))


def answers(page: queries.FilePage, running: Sequence[Obligation], now: datetime) -> list[Answer]:
    """Return the four answers: who leads, what is late, what the child said, what happens next."""
    ahead = [row for row in running if row.due_now >= now and row.state != State.SUSPENDED.value]
    next_one = ahead[0] if ahead else None
    return [
        leads(page, now),
        late(page, [row for row in running if presenting.is_late(row, now)], now),
        heard(page, now),
        Answer(
            _("What happens next"),
            lead=format_moment(next_one.due_at, language(), now) if next_one else _("Nothing is due"),
            text=f"{duty(next_one, page, now)['what']} · {duty(next_one, page, now)['unit']}" if next_one else "",
        ),
    ]


def leads(page: queries.FilePage, now: datetime) -> Answer:
    """Say who leads: the worker with the unit, or the unit alone, and since when."""
    lead = next((member for member in page.team if member.part == "lead" and member.unit_id in page.units), None)
    if lead is None:
        return Answer(_("Who leads"), lead=_("nobody"), late=True)
    unit = page.units[lead.unit_id or 0].name
    worker = page.names.get(page.matter.case.lead_user_id or 0, "") if page.matter.case else ""
    since = _("Since %(moment)s.") % {"moment": format_moment(lead.since, language(), now)}
    return Answer(_("Who leads"), lead=worker or unit, text=f"{unit}. {since}" if worker else since)


def late(page: queries.FilePage, rows: Sequence[Obligation], now: datetime) -> Answer:
    """Say what is late, who owes it, and with whom its silence is."""
    if not rows:
        return Answer(_("What is late"), lead=_("Nothing is late"))
    words = ngettext("%(n)s late", "%(n)s late", len(rows)) % {"n": len(rows)}
    first = duty(rows[0], page, now)
    text = f"{first['unit']}: {first['what']}, {first['state'].words}"
    if first["reached"]:
        text = f"{text}; {first['reached']}"
    return Answer(_("What is late"), lead=words, text=f"{text}.", late=True)


def members(page: queries.FilePage) -> list[Member]:
    """Return the team: each unit once, with its first part; the lead first."""
    words = presenting.parts()
    team: dict[int, Member] = {}
    for member in sorted(page.team, key=lambda member: (member.part != "lead", member.since)):
        if member.unit_id in page.units:
            unit = page.units[member.unit_id]
            worker = page.matter.case.lead_user_id if page.matter.case and member.part == "lead" else None
            name = page.names.get(worker or 0, "")
            team.setdefault(unit.pk, Member(unit.name, words[member.part], name, leads=member.part == "lead"))
    return list(team.values())
