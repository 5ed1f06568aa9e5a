"""The link of a referral: made, shown once with its second code, ended."""

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans import actions, policy, queries
from arasha.plans.forms import LinkForm
from arasha.plans.models import OutsideLink, Referral
from arasha.plans.queries import outside_link as links
from arasha.plans.rules import outside_link as rules
from arasha.plans.views import places, referral_words
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.words import language
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import State

MODULE = 5  # pixels of one module of the code


@signed_in
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(GET_POST)
def outside_link(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Show the links of a referral to a service without an account, make one, end one."""
    row = queries.referral_of(referral)
    if row is None or not policy.may_see_whole(request.actor, row.dossier_id) or not may_link(request, row):
        raise Http404
    places.seen(request, row.dossier_id)
    may_name = rules.may_name(row.consent, row.without)
    possible = links.may_be_linked(row, request.now)
    form = LinkForm(request.POST if request.POST.get("step") == "make" else None, may_name=may_name)
    if request.method == "POST":
        if request.POST.get("step") == "end":
            return _ended(request, row)
        if not possible:
            raise Http404
        if form.is_valid() and (shown := _made(request, row, form)) is not None:
            return shown
    context = _frame(row, request) | {
        "form": form if possible else None,
        "links": [_line(one, request) for one in links.links_of(row.pk)],
        "live": links.live_link(row.pk) is not None,
        "tries": rules.LINK_LIMITS["tries"].more["amount"],
        "days": ngettext("%(n)d day", "%(n)d days", rules.lasts().days) % {"n": rules.lasts().days},
        "may_name": may_name,
        "page_title": _("Answer by a link"),
    }
    return render(request, "plans/outside_link.html", context, status=422 if form.errors else 200)


def may_link(request: StaffRequest, row: Referral) -> bool:
    """Say whether who asks sent the referral or leads its file, and it goes to a service without an account."""
    return row.to_unit_id is None and policy.may_withdraw(request.actor, row)


@sensitive_variables()
def _made(request: StaffRequest, row: Referral, form: LinkForm) -> HttpResponse | None:
    got = form.cleaned_data
    said = actions.LinkSaid(ring=got["ring"], named=got.get("named", False), contact=got.get("contact", ""))
    try:
        made = actions.make_outside_link(
            actor=request.actor, referral=row.pk, said=said, now=request.now, link_id=form.ticket
        )
    except actions.LinkMadeAlready:
        data = request.POST.copy()
        data["once"] = str(uuid4())
        form.data = data
        form.add_error(None, _("This link was made already, and it was shown once. Make another if it was lost."))
        return None
    except (actions.ReferralNotThere, actions.NoLinkPossible, actions.NameNotFree):
        raise Http404 from None
    address = f"{settings.PUBLIC_ADDRESS}/r/{made.token}/"
    context = _frame(row, request) | {
        "page_title": _("The link, shown once"),
        "address": address,
        "code": rules.shown(made.code),
        "picture": segno.make(address, error="m").svg_inline(scale=MODULE, border=2, light="#fff"),
        "until": format_moment(made.row.expires_at, language(), request.now),
        "letter": _letter(row, address),
    }
    response = render(request, "plans/outside_link_made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _ended(request: StaffRequest, row: Referral) -> HttpResponse:
    try:
        if actions.end_outside_link(actor=request.actor, referral=row.pk, now=request.now):
            messages.success(request, _("The link opens no more."))
    except actions.ReferralNotThere:
        raise Http404 from None
    return redirect("plans:outside_link", referral=row.pk)


def _letter(row: Referral, address: str) -> str:
    """Return an address that begins a letter with the link alone, for who writes it; "" where no mailbox is known.

    The link is nowhere kept to be sent later, so the sender's own mail program sends it.
    """
    mail = links.mailbox_of(row)
    if not mail:
        return ""
    subject = quote(_("A request to your organisation"))
    words = _("We ask you to answer a request. Open this link; the code to it is told to you by telephone.")
    return f"mailto:{quote(mail, safe='@')}?subject={subject}&body={quote(words + chr(10) * 2 + address)}"


def _frame(row: Referral, request: StaffRequest) -> dict[str, Any]:
    (one,) = referral_words.lines([row], request.now)
    return places.frame(row.dossier_id, "referrals") | {"one": one, "back": Link(_("The referral"), one["url"])}


def _line(row: OutsideLink, request: StaffRequest) -> dict[str, Any]:
    def moment(at: Any) -> str:
        return format_moment(at, language(), request.now) if at else ""

    live = row.ended_at is None
    return {
        "made": moment(row.made_at),
        "unit": row.unit.name,
        "named": row.named,
        "until": moment(row.expires_at),
        "opened": moment(row.opened_at),
        "opens": row.opens,
        "state": State("open" if live else "wait", _("opens") if live else rules.LINK_ENDS.label(row.ended_why)),
        "ended": moment(row.ended_at),
    }
