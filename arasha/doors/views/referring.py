"""The page behind a link of a referral: a service without an account reads what was told it, and answers.

A GET shows nothing but the question for the second code, the same for every link that there is, was, or never was; it
asks the database nothing. What the code opens is carried by the page, for twenty minutes.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.doors import door
from arasha.doors.forms.referring import NOTHING_OPENS, LinkAnswerForm, LinkCodeForm
from arasha.doors.rules.state import StateBroken
from arasha.doors.views import page
from arasha.kernel.access import policy
from arasha.kernel.vault.rules import VaultError
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.people.rules import LANGUAGES
from arasha.plans import actions
from arasha.plans.queries import outside_link as links
from arasha.plans.rules import outside_link as rules
from arasha.plans.rules import places, referral
from arasha.services.rules import service

REASON = "a service without an account answers a referral by a link and a code that was told by telephone"
PURPOSE: Final = "referral"
Carried = dict[str, Any]


# Exempt from the token against forged forms: it would need a cookie, and whoever forges a form has no code.
@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code, show what it opens, take an answer in."""
    if request.method != "POST":
        return _asked(request, LinkCodeForm())
    if "state" not in request.POST:
        return _tried(request, token)
    try:
        carried = page.opened(request.POST["state"], PURPOSE)
        lock = _lock(carried, token)
    except StateBroken:
        return _asked(request, LinkCodeForm(), 422, late=True)
    opened = links.open_outside(lock, first=False)
    if opened is None:
        return page.show(request, "doors/referral_over.html", {"page_title": _("Thank you")})
    what = request.POST.get("what", "")
    if request.POST.get("go") == "stay" or what not in rules.possible(opened.state) or opened.waits:
        return _shown(request, opened, carried)
    return _sent(request, opened, carried, LinkAnswerForm(request.POST, what=what, today=local(domain_now()).date()))


@sensitive_variables()
def _tried(request: HttpRequest, token: str) -> HttpResponse:
    """Try a code. Wrong ones are counted of the link, and of the address that they come from."""
    mark = door.mark_of(request)
    if wait := door.wait_after_wrong("referral", mark):
        return door.too_many(request, wait, carry=False)
    form = LinkCodeForm(request.POST)
    lock = links.lock_of(token, form.cleaned_data["code"]) if form.is_valid() else None
    opened = links.open_outside(lock, first=True) if lock is not None else None
    if opened is None:
        door.wait_for("referral", mark)
        form = LinkCodeForm({"code": request.POST.get("code", "")[:40]})
        if form.is_valid():
            form.add_error("code", NOTHING_OPENS)
        return _asked(request, form, 422)
    lock = opened.lock
    carried = {"token": token, "since": int(domain_now().timestamp())}
    carried |= {"found": lock.found.hex(), "proof": lock.proof.hex(), "key": lock.key.hex()}
    return _shown(request, opened, carried)


def _lock(carried: Carried, token: str) -> rules.Lock:
    """Return what the page carries of its link. Raises StateBroken: of another link, or open for too long."""
    age = domain_now().timestamp() - carried["since"]
    if carried["token"] != token or timedelta(seconds=age) > rules.session():
        raise StateBroken
    return rules.Lock(*(bytes.fromhex(carried[name]) for name in ("found", "proof", "key")))


@sensitive_variables()
def _sent(request: HttpRequest, opened: links.OutsideOpened, carried: Carried, form: LinkAnswerForm) -> HttpResponse:
    """Take an answer in; when it can't be the page says so and keeps what was typed."""
    if not form.is_valid():
        return _shown(request, opened, carried, form=form)
    letter, said = UUID(carried["ticket"]), form.answer()
    try:
        actions.post_outside(actor=None, opened=opened, said=said, letter=letter, now=domain_now())
    except rules.AnswerFaulty as fault:
        form.show_fault(fault)
        return _shown(request, opened, carried, form=form)
    except actions.NotTaken:
        return page.show(request, "doors/referral_over.html", {"page_title": _("Thank you")})
    except (DatabaseError, VaultError):
        form.add_error(None, _("Something does not work on our side. Nothing was sent. Try again later."))
        return _shown(request, opened, carried, form=form, status=503)
    if rules.is_last(said.what, opened.state):
        return page.show(request, "doors/referral_over.html", {"page_title": _("Thank you"), "sent": True})
    again = links.open_outside(opened.lock, first=False)
    return _shown(request, again or opened, carried, sent=True)


@sensitive_variables()
def _shown(
    request: HttpRequest,
    opened: links.OutsideOpened,
    carried: Carried,
    *,
    form: LinkAnswerForm | None = None,
    sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = local(domain_now()).date()
    possible = [] if opened.waits else rules.possible(opened.state)
    forms = [
        (
            rules.ANSWERS.label(what),
            form if form is not None and form.what == what else LinkAnswerForm(what=what, today=today),
        )
        for what in possible
    ]
    wrong = form is not None and bool(form.errors)
    context = {
        "page_title": _("A child is referred to you"),
        "here": "",
        "facts": _facts(opened),
        "words": opened.sheet.words,
        "stands": _stands(opened),
        "waits": opened.waits,
        "sent": sent,
        "forms": forms,
        "wrong": form.what if wrong and form is not None else "",
        "enter": "stay",
        "state": page.carried(carried | {"ticket": str(page.ticket())}, PURPOSE),
    }
    return page.show(request, "doors/referral.html", context, status if status != 200 or not wrong else 422)


def _facts(opened: links.OutsideOpened) -> list[tuple[str, str]]:
    sheet, today = opened.sheet, local(domain_now()).date()
    urgency = places.URGENCIES.label(sheet.urgency)
    why = places.URGENT_WHY.label(sheet.why) if sheet.why else ""
    found = [
        (_("Who asks"), sheet.sender.get(page.language(), "") or sheet.sender.get("kk", "")),
        (_("Telephone for questions"), sheet.ring),
        (_("What is asked for"), service(sheet.service, today).label(page.language())),
        (_("What for"), referral.PURPOSES.label(sheet.purpose)),
        (_("How urgent"), ". ".join(filter(None, (urgency, why)))),
        (_("Child’s name"), sheet.name),
        (_("Age in years"), "" if sheet.age is None else str(sheet.age)),
        (_("Language of the child"), ", ".join(LANGUAGES.label(code) for code in sheet.languages if code in LANGUAGES)),
        (_("How to reach the child"), sheet.contact),
    ]
    return [(label, words) for label, words in found if words]


def _stands(opened: links.OutsideOpened) -> str:
    words = places.PLACE_STATES.label(opened.state)
    day = format_date(opened.booked_on, page.language()) if opened.booked_on else ""
    return " ".join(filter(None, (words, day)))


def _asked(request: HttpRequest, form: LinkCodeForm, status: int = 200, *, late: bool = False) -> HttpResponse:
    # No address of the page stands in it: one link's question is byte for byte another's.
    named = [{"code": code, "name": name, "address": f"?language={code}"} for code, name in settings.LANGUAGES]
    context = {"page_title": _("A link for a service"), "form": form, "here": "", "late": late, "languages": named}
    return page.show(request, "doors/referral_code.html", context, status)
