"""On paper: an agenda with numbers of files and no names, and the minutes of an item."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from arasha.cases import queries as cases
from arasha.conferences import actions, policy, queries, rules
from arasha.conferences.models import Minutes
from arasha.conferences.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import names_of, signature
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules.formats import format_date, format_stamp
from arasha.ui.rules.page import Link


@signed_in
@require_safe
def agenda(request: StaffRequest, sitting: UUID) -> HttpResponse:
    """Give an agenda out as a PDF: numbers of cases and reasons, nobody's name."""
    row = queries.sitting_of(request.actor, sitting)
    if row is None or not policy.keeps_minutes(request.actor, row.unit_id):
        raise Http404
    rows = [(one, case) for one, case in queries.items_of(request.actor, row) if one.state != "left_out"]
    data = {
        "meta": f"{row.unit.name} · {format_stamp(row.at, words.language())} · {row.place or row.link}",
        "heads": ["№", _("Case"), _("Why it is spoken about"), _("How it stands")],
        "rows": [
            [str(n), case.number if case else "", rules.REASONS.label(one.reason), rules.ITEM_STATES.label(one.state)]
            for n, (one, case) in enumerate(rows, 1)
        ],
        "note": _("No names stand here. Whoever needs them opens the case by its number."),
    }
    return _given(request, "conferences/agenda.typ", words.title(row), data, "agenda.pdf")


@signed_in
@require_safe
def minutes(request: StaffRequest, minutes: UUID) -> HttpResponse:
    """Show one version of an item's minutes."""
    row = _found(request, minutes)
    versions = queries.minutes_of(row.item_id)
    context = {
        "page_title": _title(row),
        "page_meta": words.title(row.item.sitting),
        "before": [Link(_("The item"), queries.item_link(row.item_id))],
        "data": _data(request, row),
        "row": row,
        "newest": versions[0],
        "may_print": policy.may_print(request.actor, row.item),
        "print": reverse("conferences:print", args=[row.pk]),
    }
    return render(request, "conferences/minutes.html", context)


@signed_in
@require_POST
def print_minutes(request: StaffRequest, minutes: UUID) -> HttpResponse:
    """Give one version of the minutes out as a PDF: an act, and an export in the access log."""
    row = _found(request, minutes)
    try:
        actions.print_minutes(actor=request.actor, minutes=row.pk, now=request.now)
    except actions.NotThere:
        raise Http404 from None
    except policy.NotAllowed:
        messages.warning(request, _("Who keeps the minutes, or leads the case, prints them."))
        return redirect("conferences:minutes", minutes=row.pk)
    request.look(row.dossier_id, kind="export")
    return _given(request, "conferences/minutes.typ", _title(row), _data(request, row), "minutes.pdf")


def _found(request: StaffRequest, minutes: UUID) -> Minutes:
    row = Minutes.objects.select_related("item__sitting", "unit").filter(pk=minutes).first()
    if row is None or queries.item_of(request.actor, row.item_id) is None:
        raise Http404
    request.look(row.dossier_id)
    return row


def _title(row: Minutes) -> str:
    sitting = row.item.sitting
    number = f"{sitting.number}/{row.item.place}"
    return _("Minutes %(number)s, version %(version)s") % {"number": number, "version": row.number}


@sensitive_variables()
def _data(request: StaffRequest, row: Minutes) -> dict[str, Any]:
    """Return the minutes in words. The child's words only where the child lets everybody at the table hear them."""
    text = queries.minutes_text(row)
    content = json.loads(text) if text else {}
    case = cases.of_dossiers([row.dossier_id]).get(row.dossier_id)
    names = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=_units(content))}
    chair = names_of([row.chair_id]).get(row.chair_id, "")
    signed = format_stamp(row.signed_at, words.language())
    return {
        "meta": f"{_('Case')} {case.number if case else ''} · {words.title(row.item.sitting)}",
        "erased": _("The text was erased as the law asks.") if text is None else "",
        "corrected": _corrected(row),
        "there_title": _("Who was there"),
        "heads": [_("Unit"), _("How they stand")],
        "seats": [[names.get(unit, ""), _stands(standing, why)] for unit, standing, why in content.get("seats", [])],
        "quorum": _quorum(content),
        "child_title": _("The child"),
        "child": _child(row),
        "said_title": _("What was said, briefly"),
        "said": content.get("words", ""),
        "decided_title": _("What was decided"),
        "decided": [_decision(one, names) for one in content.get("decisions", [])],
        "put_off": _put_off(content),
        "confirmed": [
            _("Decision %(number)s of sitting %(sitting)s: %(verdict)s")
            % {"number": number, "sitting": sitting, "verdict": rules.VERDICTS.label(verdict)}
            for number, sitting, verdict in content.get("confirmed", [])
        ],
        "signed": _("Confirmed by %(name)s, %(moment)s") % {"name": chair, "moment": signed},
    }


def _units(content: dict[str, Any]) -> set[int]:
    found = {seat[0] for seat in content.get("seats", [])}
    for one in content.get("decisions", []):
        found |= {one["unit"], *(unit for unit, _words in one["dissents"])}
    return found


def _corrected(row: Minutes) -> str:
    if not row.reason:
        return ""
    return _("A correction of version %(number)s: %(reason)s") % {
        "number": row.number - 1,
        "reason": rules.CORRECTIONS.label(row.reason),
    }


def _stands(standing: str, why: str) -> str:
    label = rules.STANDINGS.label(standing)
    return f"{label}: {rules.ABSENCES.label(why)}" if why else label


def _quorum(content: dict[str, Any]) -> str:
    if not content:
        return ""
    counted, present, needed = content["quorum"]
    values = {"present": present, "counted": counted, "needed": needed}
    if present >= needed:
        return _("Quorum: %(present)s of %(counted)s came, %(needed)s were needed.") % values
    return _("No quorum: %(present)s of %(counted)s came, %(needed)s were needed.") % values


def _child(row: Minutes) -> list[str]:
    """Say how the child was heard. Words that the child keeps from the table stand in nobody's minutes."""
    heard = queries.voice_of(row.item_id)
    if heard is None:
        return [_("Nobody has said what the child wishes.")]
    said = words.voice(heard) or {}
    lines = [part for part in (said["how"], said["why"], said["on"]) if part]
    found = [", ".join(lines)]
    if heard.row.hears == "all" and heard.words:
        found.append(f"«{heard.words}»")
    elif heard.row.hears:
        found.append(
            _("The child decided who hears its words: %(who)s. They don’t stand here.") % {"who": said["hears"]}
        )
    return found


def _decision(one: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    by_when = format_date(date.fromisoformat(one["by_when"]), words.language())
    return {
        "title": f"{one['number']}. {names.get(one['unit'], '')}, {by_when}",
        "text": one["text"],
        "mark": _("Taken without quorum: to be confirmed.") if one["without_quorum"] else "",
        "dissents": [
            _("%(unit)s sees it otherwise: %(words)s") % {"unit": names.get(unit, ""), "words": said}
            for unit, said in one["dissents"]
        ],
    }


def _put_off(content: dict[str, Any]) -> str:
    if content.get("state") != "put_off":
        return ""
    return _("Put off: %(reason)s") % {"reason": rules.LEFT_OUT.label(content["put_off"])}


def _given(request: StaffRequest, template: str, title: str, data: dict[str, Any], name: str) -> HttpResponse:
    content = pdf(
        template=template,
        title=title,
        data=data,
        language=words.language(),
        now=request.now,
        printed_by=signature(request.actor),
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
