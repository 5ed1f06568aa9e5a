"""Accounts of other systems: proposed by one person and confirmed by another, tokens, webhooks, failed messages."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration.actions.systems import propose_system
from arasha.administration.forms.systems import SystemForm, TokenForm, UnitForm, WebhookForm
from arasha.administration.views import systems_words as words
from arasha.administration.views.own import recently
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Function, Unit
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.exchange import actions, queries
from arasha.kernel.exchange.models import Account
from arasha.kernel.exchange.rules import NOT_FOR_ACCOUNTS
from arasha.ui.rules.parts import Empty

SHOWN, FAULTY, TAKEN = 200, 422, 409


@signed_in
@require_safe
def systems(request: StaffRequest) -> HttpResponse:
    """List the systems that one arranges."""
    units = queries.arranged_units(request.actor, request.now)
    if not units:
        raise Http404
    found = list(queries.accounts(request.actor))
    budgets = queries.budgets()
    context = {
        "page_title": words.title(found),
        "rows": [words.row(one, budgets.get(one.pk)) for one in found],
        "nothing": Empty(
            _("No other system is connected"),
            _("A hospital’s or the police’s own system can report and see what its unit owes. Propose one."),
        ),
    }
    return render(request, "administration/systems/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest) -> HttpResponse:
    """Propose a system: first for which unit, which stands in the address, then what it may do."""
    units = {unit.pk: unit for unit in queries.arranged_units(request.actor, request.now)}
    if not units:
        raise Http404
    wish = request.GET.get("unit", "")
    unit = units.get(int(wish)) if wish.isascii() and wish.isdigit() and len(wish) < 10 else None
    if unit is None:
        rows = [(one.pk, one.name, one.body.name) for one in units.values()]
        context = {"page_title": _("Connect another system"), "form": UnitForm(units=rows)}
        return render(request, "administration/systems/unit.html", context)
    form = SystemForm(request.POST if request.method == "POST" else None, functions=_functions(unit, request))
    if form.is_valid():
        try:
            account = propose_system(actor=request.actor, now=request.now, unit_id=unit.pk, **form.cleaned_data)
        except (Refused, actions.ProposalInvalid):
            form.add_error(None, _("The unit’s functions have changed. Look at them again."))
        else:
            messages.success(request, _("Proposed. Another person must confirm it: the unit’s head was told."))
            return redirect("system", account=account)
    context = {"page_title": _("What may the system do?"), "page_meta": unit.name, "form": form}
    return render(request, "administration/form.html", context, status=FAULTY if form.is_bound else SHOWN)


def _functions(unit: Unit, request: StaffRequest) -> list[tuple[str, str]]:
    codes = unit.functions.filter(since__lte=request.now).values_list("function_id", flat=True)
    known = Function.objects.filter(pk__in=set(codes) - NOT_FOR_ACCOUNTS).order_by("code")
    return [(function.code, words.label(function)) for function in known]


@signed_in
@require_safe
def system(request: StaffRequest, account: int) -> HttpResponse:
    """Show one system: what it may do, its tokens and webhooks, and what one can do about it."""
    return _page(request, _found(request, account))


def _page(request: StaffRequest, found: Account, *, status: int = SHOWN, notice: str = "") -> HttpResponse:
    budget = queries.budgets().get(found.pk)
    context = {
        "page_title": words.situation(found),
        "page_meta": ", ".join(dict.fromkeys([found.unit.name, found.unit.body.name])),
        "account": found,
        "facts": words.facts(found),
        "may_confirm": words.waits(found) and found.proposed_by_id != request.actor.user_id,
        "waits": words.waits(found),
        "acts": words.acts(found),
        "tokens": [words.token(row) for row in queries.tokens(found.pk)],
        "webhooks": [words.webhook(row) for row in queries.webhooks(found.pk)],
        "told": "webhooks" in found.scopes,
        "dead": queries.dead_count(found.pk),
        "stopped": budget.files if budget and budget.stopped else 0,
        "notice": notice,
    }
    return render(request, "administration/systems/page.html", context, status=status)


@signed_in
@require_POST
def confirm(request: StaffRequest, account: int) -> HttpResponse:
    """Confirm a proposed system, as another person than who proposed it."""
    return _done(request, account, actions.confirm_account, _("Confirmed. Give it a token, and it can begin."))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, account: int) -> HttpResponse:
    """Ask once more, then end a system: nothing of its tokens and webhooks works any longer."""
    found = _found(request, account)
    if request.method == "POST":
        return _done(request, account, actions.end_account, _("Ended. None of its tokens opens anything now."))
    context = {"page_title": _("End this system’s account?"), "page_meta": found.name, "account": found}
    return render(request, "administration/systems/end.html", context)


@signed_in
@require_POST
def confirm_budget(request: StaffRequest, account: int) -> HttpResponse:
    """Let a system that was stopped today open more files, as a head."""
    return _done(request, account, actions.confirm_budget, _("Confirmed: it may open more files today."))


@signed_in
@recently
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def token(request: StaffRequest, account: int) -> HttpResponse:
    """Ask how long, then show a new token this once."""
    found = _found(request, account)
    form = TokenForm(request.POST if request.method == "POST" else None, initial={"days": 180})
    context: dict[str, Any] = {"page_title": _("How long is the token good?"), "page_meta": found.name, "form": form}
    if not form.is_valid():
        return render(request, "administration/form.html", context, status=FAULTY if form.is_bound else SHOWN)
    try:
        made = actions.issue_token(actor=request.actor, now=request.now, account_id=account, **form.cleaned_data)
    except actions.TooManyTokens:
        return _page(request, found, status=TAKEN, notice=_("Two tokens are good already. Revoke one first."))
    except Refused:
        return _page(request, found, status=TAKEN, notice=_("It may not act, so it gets no token."))
    context = {"page_title": _("Hand this token over now"), "page_meta": found.name, "secret": made, "account": found}
    return render(request, "administration/systems/secret.html", context)


@signed_in
@require_POST
def revoke(request: StaffRequest, account: int, token: uuid.UUID) -> HttpResponse:
    """Revoke a token at once."""

    def act(**who: Any) -> None:
        actions.revoke_token(token=str(token), **who)

    return _done(request, account, act, _("Revoked. Whatever still ran with it has ended."))


@signed_in
@recently
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def add_webhook(request: StaffRequest, account: int) -> HttpResponse:
    """Say where the system is told of which events, then show the secret this once."""
    found = _found(request, account)
    if "webhooks" not in found.scopes or not words.acts(found):
        raise Http404
    form = WebhookForm(request.POST if request.method == "POST" else None, events=queries.events())
    if form.is_valid():
        try:
            _row, secret = actions.make_webhook(
                actor=request.actor, now=request.now, account_id=account, **form.cleaned_data
            )
        except actions.AddressRefused:
            form.add_error("address", _("It must be an encrypted address (TLS) that leads to a public name."))
        except Refused:
            form.add_error(None, _("Five webhooks stand already. End one first."))
        else:
            context = {"page_title": _("Hand this secret over now"), "page_meta": found.name, "account": found}
            return render(request, "administration/systems/secret.html", context | {"secret": secret, "signs": True})
    context = {"page_title": _("Where is it told, and of what?"), "page_meta": found.name, "form": form}
    return render(request, "administration/form.html", context, status=FAULTY if form.is_bound else SHOWN)


@signed_in
@require_POST
def end_webhook(request: StaffRequest, account: int, webhook: uuid.UUID) -> HttpResponse:
    """End a webhook."""

    def act(*, account_id: int, **who: Any) -> None:
        actions.end_webhook(webhook=webhook, **who)

    return _done(request, account, act, _("Ended. Nothing more is sent there."))


@signed_in
@require_safe
def dead(request: StaffRequest, account: int) -> HttpResponse:
    """List the messages that were given up, with the reason, to be sent once more."""
    found = _found(request, account)
    rows = [words.message(row, request.now) for row in queries.deliveries(account, outcome="dead")]
    context = {
        "page_title": words.dead_title(queries.dead_count(account)),
        "page_meta": found.name,
        "account": found,
        "rows": rows,
        "nothing": Empty(_("Every message was taken"), _("What can’t be delivered for a day and a half stands here.")),
    }
    return render(request, "administration/systems/dead.html", context)


@signed_in
@require_POST
def resend(request: StaffRequest, account: int, message: uuid.UUID) -> HttpResponse:
    """Try a message that was given up once more."""
    _found(request, account)
    try:
        actions.resend(actor=request.actor, now=request.now, delivery=message)
    except NotThere:
        raise Http404 from None
    except Conflict:
        messages.error(request, _("Its webhook has ended, so it can’t be sent."))
    else:
        messages.success(request, _("It is sent again within a minute."))
    return redirect("system_dead", account=account)


def _found(request: StaffRequest, account: int) -> Account:
    """Return an account that one arranges; any other is not there."""
    found = queries.account(request.actor, account)
    if found is None:
        raise Http404
    return found


def _done(request: StaffRequest, account: int, action: Callable[..., None], said: str) -> HttpResponse:
    """Do what was asked and say so; whoever was faster, or may not, is told that nothing changed."""
    found = _found(request, account)
    try:
        action(actor=request.actor, now=request.now, account_id=account)
    except NotThere:
        raise Http404 from None
    except Refused:
        return _page(request, found, status=TAKEN, notice=_("This is for another person to do. Nothing has changed."))
    except Conflict:
        return _page(request, found, status=TAKEN, notice=_("This was done before. Nothing has changed."))
    messages.success(request, said)
    return redirect("system", account=account)


addresses = [
    path("", systems, name="systems"),
    path("propose/", propose, name="system_propose"),
    path("<int:account>/", system, name="system"),
    path("<int:account>/confirm/", confirm, name="system_confirm"),
    path("<int:account>/end/", end, name="system_end"),
    path("<int:account>/budget/", confirm_budget, name="system_budget"),
    path("<int:account>/token/", token, name="system_token"),
    path("<int:account>/token/<uuid:token>/revoke/", revoke, name="system_revoke"),
    path("<int:account>/webhooks/add/", add_webhook, name="system_webhook"),
    path("<int:account>/webhooks/<uuid:webhook>/end/", end_webhook, name="system_webhook_end"),
    path("<int:account>/messages/", dead, name="system_dead"),
    path("<int:account>/messages/<uuid:message>/resend/", resend, name="system_resend"),
]
