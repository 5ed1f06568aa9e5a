"""The console: whom I hold, who waits, and one contact opened."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from arasha.helpline import actions, policy, queries, rules
from arasha.helpline.forms import LogForm, PassForm, RingForm, ShutForm
from arasha.helpline.models import Contact
from arasha.helpline.policy import ANSWER
from arasha.helpline.views import conversation, showing
from arasha.helpline.views.panel import panel
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import children_of
from arasha.kernel.territory.rules import NATION
from arasha.ui.rules.page import Link

UNCHANGED = 204
# What stands in the form besides the message: kept with a draft, and put back.
KEPT = tuple(LogForm.base_fields)
MANY = ("reasons", "steps", "referred")


@may(ANSWER)
@require_safe
def console(request: StaffRequest) -> HttpResponse:
    """Show the lists alone; the operator's console is open from now on."""
    actions.be_there(actor=request.actor, now=request.now)
    context = frame(request) | {"page_title": _("Helpline")}
    return render(request, "helpline/console.html", context)


@may(ANSWER)
@require_safe
def contact(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Show a contact beside the lists."""
    return page(request, found(request, contact))


@may(ANSWER)
@require_safe
def lists(request: StaffRequest) -> HttpResponse:
    """Renew the lists, and note that somebody sits here."""
    actions.be_there(actor=request.actor, now=request.now)
    opened = request.GET.get("opened", "")
    shown = showing.lists(request.actor, request.now, as_uuid(opened))
    return _renewed(request, "helpline/parts/lists.html", shown)


@may(ANSWER)
@require_safe
@sensitive_variables()
def talk(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Renew what was said in a contact."""
    row = found(request, contact)
    return _renewed(request, "helpline/parts/talk.html", {"row": row, "said": showing.said(row, request.now)})


def as_uuid(text: str) -> UUID | None:
    """Return the id that a browser sent, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@sensitive_variables()
def _renewed(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a part of a page, or with nothing when the reader has just this already: nothing jumps, no focus."""
    mark = fingerprint(template, context)
    if request.GET.get("have") == mark:
        return HttpResponse(status=UNCHANGED)
    return render(request, template, context | {"mark": mark})


@sensitive_variables()
def fingerprint(template: str, context: dict[str, Any]) -> str:
    """Return a short mark of what a part of a page shows."""
    return hashlib.sha256(render_to_string(template, context).encode()).hexdigest()[:16]


def found(request: StaffRequest, contact: UUID) -> Contact:
    """Return the contact; one that is not in the actor's hands is looked at, and the look recorded."""
    row = queries.contact(request.actor, contact)
    if row is None:
        raise Http404
    if request.actor.post_id not in {row.operator_id, row.joined_id}:
        request.look(row.dossier_id)
    return row


def frame(request: StaffRequest, opened: UUID | None = None) -> dict[str, Any]:
    """Return what stands around each page of the console."""
    shown = showing.lists(request.actor, request.now, opened)
    return shown | {
        "live": True,
        "mark": fingerprint("helpline/parts/lists.html", shown),
        "tabs": tabs(request, "console"),
        "supervises": policy.may_supervise(request.actor),
    }


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Return the pages of the helpline."""
    pages = [("console", _("Console")), ("call_backs", _("Call-backs")), ("past", _("Past contacts"))]
    pages += [("shifts", _("Shift")), ("phrases", _("Phrases")), ("debriefs", _("Debriefs"))]
    if policy.may_supervise(request.actor):
        pages += [("wall", _("Wall")), ("profiles", _("Known callers"))]
    return [Link(label, reverse(f"helpline:{name}"), current=name == here) for name, label in pages]


@sensitive_variables()
def page(
    request: StaffRequest,
    row: Contact,
    *,
    log: LogForm | None = None,
    passing: PassForm | None = None,
    ringing: RingForm | None = None,
    shutting: ShutForm | None = None,
    message: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an opened contact: the talk, the safety check, the form, what leads out."""
    actions.be_there(actor=request.actor, now=request.now)
    held = request.actor.post_id in {row.operator_id, row.joined_id}
    kept = queries.draft_of(request.actor, row) if held and row.state != "ended" else queries.Content()
    said = showing.said(row, request.now)
    context = frame(request, row.pk) | {
        "page_title": showing.title(row),
        "page_meta": _("Helpline"),
        "row": row,
        "held": held,
        "writes": held and row.state == "open" and row.channel in rules.WRITTEN,
        "notes": held,
        "said": said,
        "talk_mark": fingerprint("helpline/parts/talk.html", {"row": row, "said": said}),
        "facts": showing.facts(row, request.now),
        "message": kept.message if message is None else message,
        "number": kept.number,
        "ticket": uuid4(),
        "log": log or log_form(row, kept=kept),
        "passing": passing or PassForm(prefix="pass"),
        "ringing": ringing or RingForm(prefix="ring"),
        "shutting": shutting or shut_form(request, row),
        "passed": [(rules.SERVICES.label(one.service), one.at, one.who) for one in queries.passed_of(row)],
        "one_click": [(code, showing.capital(rules.KINDS.label(code))) for code in rules.ONE_CLICK],
        "dangers": [(code, showing.capital(label)) for code, label in rules.DANGERS.choices() if code != "not_asked"],
        "waits_for_us": row.state == "waiting",
        **conversation.about(row),
    }
    return render(request, "helpline/contact.html", context | panel(request, row), status=status)


@sensitive_variables()
def log_form(row: Contact, data: QueryDict | None = None, kept: queries.Content | None = None) -> LogForm:
    """Return the form of one minute: as it was sent, as it was half written, or as the contact stands."""
    initial: dict[str, Any] = {"region": row.region_id or ""}
    initial |= {name: getattr(row, name) for name in KEPT if name != "region" and getattr(row, name)}
    initial |= dict(kept.form) if kept else {}
    regions = [(one.kato, one.name(showing.language())) for one in children_of(NATION, language=showing.language())]
    given: dict[str, Any] = {"reasons": queries.reasons(), "regions": regions, "language": showing.language()}
    return LogForm(data, initial=initial, **given)


def shut_form(request: StaffRequest, row: Contact, data: QueryDict | None = None) -> ShutForm:
    """Return the form that shuts a colleague out."""
    return ShutForm(data, colleagues=queries.colleagues(request.actor, row, request.now), prefix="shut")


def half_written(data: QueryDict) -> dict[str, Any]:
    """Return what stands in a form that was not finished; only known fields, none of them long."""
    return {
        name: [value[:64] for value in data.getlist(name)[:64]] if name in MANY else data.get(name, "")[:64]
        for name in KEPT
        if name in data
    }
