"""What an operator does with a contact: each button of the console is one of these."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from arasha.helpline import actions, policy, queries, rules
from arasha.helpline.forms import PassForm, RingForm
from arasha.helpline.models import Contact
from arasha.helpline.policy import ANSWER
from arasha.helpline.views import console, conversation
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.ui.rules import UnknownCode

Done = HttpResponse | None


@may(ANSWER)
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a call that the operator has just answered, or somebody who came in."""
    channel = request.POST.get("channel", "telephone")
    if channel not in rules.CHANNELS or channel in rules.WRITTEN:
        raise Http404
    row = actions.begin_contact(actor=request.actor, channel=channel, external="", now=request.now)
    return redirect("helpline:contact", contact=row.pk)


@may(ANSWER)
@require_POST
def take_next(request: StaffRequest) -> HttpResponse:
    """Take who waits first."""
    row = actions.take_next(actor=request.actor, now=request.now)
    if row is None:
        messages.info(request, _("Nobody waits."))
        return redirect("helpline:console")
    return redirect("helpline:contact", contact=row.pk)


@may(ANSWER)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def do(request: StaffRequest, contact: UUID, what: str) -> HttpResponse:
    """Do one thing with a contact; what was half written is kept first, whatever comes of it."""
    row = console.found(request, contact)
    step = STEPS.get(what)
    if step is None:
        raise Http404
    _keep(request, row)
    try:
        answered = step(request, row)
    except actions.AlreadyTaken:
        messages.error(request, _("Another operator was faster, or the caller is gone. Take the next one."))
        return redirect("helpline:console")
    except (actions.NotYours, actions.ContactEnded, actions.NothingSaid) as wrong:
        messages.error(request, WRONG[type(wrong)]())
        return _again(request, contact)
    except policy.NotAllowed:
        raise Http404 from None
    return answered or redirect("helpline:contact", contact=contact)


WRONG: dict[type[Exception], Callable[[], str]] = {
    actions.NotYours: lambda: _("Another operator has this contact now. Nothing was sent; it stands below."),
    actions.ContactEnded: lambda: _("The talk is over: nothing more was sent. What you wrote stands below."),
    actions.NothingSaid: lambda: _("Write something first, at most %(n)s characters.") % {"n": rules.MOST_WORDS},
}


@sensitive_variables()
def _again(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Show the contact as it stands now, with the words that were not sent."""
    row = console.found(request, contact)
    return console.page(request, row, message=request.POST.get("message", ""), status=409)


@sensitive_variables()
def _keep(request: StaffRequest, row: Contact) -> bool:
    """Keep what stands in the form and the message; who does not hold the contact keeps nothing."""
    if "drafted" not in request.POST or request.actor.post_id not in {row.operator_id, row.joined_id}:
        return False
    number = request.POST.get("drafted", "")
    return actions.keep_draft(
        actor=request.actor,
        contact=row.pk,
        form=console.half_written(request.POST),
        message=request.POST.get("message", "")[: rules.MOST_WORDS],
        number=int(number) if number.isdecimal() and len(number) < 16 else None,
        now=request.now,
    )


@sensitive_variables()
def _say(request: StaffRequest, row: Contact) -> Done:
    _send(request, row, actions.say)
    return None


@sensitive_variables()
def _note(request: StaffRequest, row: Contact) -> Done:
    _send(request, row, actions.note)
    return None


@sensitive_variables()
def _send(request: StaffRequest, row: Contact, how: Callable[..., Any]) -> None:
    words, ticket = request.POST.get("message", ""), request.POST.get("ticket", "")
    named = console.as_uuid(ticket) or uuid4()
    how(actor=request.actor, contact=row.pk, words=words, ticket=named, now=request.now)
    form = console.half_written(request.POST)
    actions.keep_draft(actor=request.actor, contact=row.pk, form=form, message="", now=request.now)


def _take(request: StaffRequest, row: Contact) -> Done:
    actions.take_contact(actor=request.actor, contact=row.pk, now=request.now)
    return None


def _kept(request: StaffRequest, row: Contact) -> Done:
    """Nothing more than keeping; a script asks for no page."""
    return HttpResponse(status=console.UNCHANGED) if request.headers.get("X-Draft") else None


def _safety(request: StaffRequest, row: Contact) -> Done:
    try:
        actions.ask_safety(actor=request.actor, contact=row.pk, danger=request.POST.get("danger", ""), now=request.now)
    except UnknownCode:
        raise Http404 from None
    return None


def _end(request: StaffRequest, row: Contact) -> Done:
    actions.end_contact(actor=request.actor, contact=row.pk, now=request.now)
    return None


def _back(request: StaffRequest, row: Contact) -> Done:
    actions.give_back(actor=request.actor, contact=row.pk, now=request.now)
    messages.success(request, _("The contact waits for another operator."))
    return redirect("helpline:console")


@sensitive_variables()
def _log(request: StaffRequest, row: Contact) -> Done:
    only = request.POST.get("only", "")
    form = console.log_form(row, request.POST)
    if not only and not form.is_valid():
        return console.page(request, row, log=form, status=422)
    if only and only not in rules.ONE_CLICK:
        raise Http404
    log = rules.Log(only) if only else form.log()
    try:
        actions.log_contact(actor=request.actor, contact=row.pk, log=log, now=request.now)
    except actions.FormIncomplete as wrong:
        form.is_valid()
        form.add_error(wrong.field if wrong.field in form.fields else None, _("Choose the main reason."))
        return console.page(request, row, log=form, status=422)
    messages.success(request, _("Written down."))
    following = queries.mine(request.actor)
    return redirect("helpline:contact", contact=following[0].pk) if following else redirect("helpline:console")


@sensitive_variables()
def _pass_on(request: StaffRequest, row: Contact) -> Done:
    form = PassForm(request.POST, prefix="pass")
    if not form.is_valid():
        return console.page(request, row, passing=form, status=422)
    actions.pass_on(actor=request.actor, contact=row.pk, now=request.now, **form.cleaned_data)
    messages.success(request, _("Kept: who took over, and when."))
    return None


@sensitive_variables()
def _ring_back(request: StaffRequest, row: Contact) -> Done:
    form = RingForm(request.POST, prefix="ring")
    if not form.is_valid():
        return console.page(request, row, ringing=form, status=422)
    said = form.cleaned_data
    due = request.now + timedelta(minutes=said["minutes"])
    given = {"number": said["number"], "how": said["how"], "due_at": due}
    actions.ask_call_back(actor=request.actor, contact=row.pk, now=request.now, **given)
    messages.success(request, _("The call-back stands in the list."))
    return None


@sensitive_variables()
def _shut(request: StaffRequest, row: Contact) -> Done:
    form = console.shut_form(request, row, request.POST)
    if not form.is_valid():
        return console.page(request, row, shutting=form, status=422)
    user = form.cleaned_data["user"]
    actions.shut_out(actor=request.actor, contact=row.pk, user_id=user, now=request.now)
    messages.success(request, _("The contact is not there for them any more."))
    return None


def _join(request: StaffRequest, row: Contact) -> Done:
    actions.join_contact(actor=request.actor, contact=row.pk, now=request.now)
    messages.success(request, _("You are in this contact. Its operator keeps it."))
    return None


STEPS: dict[str, Callable[[StaffRequest, Contact], Done]] = {
    "take": _take,
    "say": _say,
    "note": _note,
    "keep": _kept,
    "safety": _safety,
    "end": _end,
    "back": _back,
    "log": _log,
    "pass": _pass_on,
    "ring": _ring_back,
    "join": _join,
    "number": conversation.number,
    "shut": _shut,
}
