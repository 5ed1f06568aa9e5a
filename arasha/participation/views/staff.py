"""Inviting from a file; what supervisors read; what was told of an offering, and the provider's answer."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may, signed_in
from arasha.kernel.worktime.rules import local
from arasha.participation import actions, policy, queries, rules
from arasha.participation.forms import InviteForm, ReplyForm
from arasha.participation.models import Invitation, Round
from arasha.participation.queries.reading import PAGE
from arasha.participation.views import words
from arasha.plans import queries as plans
from arasha.services import queries as services
from arasha.services.rules import service as package_service
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]
MOST = 100


@signed_in
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(GET_POST)
def invite(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show which invitations a file was given, and give another one."""
    if not policy.may_see(request.actor, dossier):
        raise Http404
    request.look(dossier)
    context = _file_page(dossier)
    form = _invite_form(request, dossier)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _invited(request, dossier, form):
            number = form.cleaned_data["number"]
            page = context | {"number": rules.shown(number), "address": f"{settings.PUBLIC_ADDRESS}/said/"}
            response = render(request, "participation/slip.html", page)
            response.headers["Cache-Control"] = "no-store"
            return response
    given = [_given(one) for one in queries.invitations(dossier)]
    named = _names([row for one in given if (row := one["offering"])], request)
    for one in given:
        one["called"] = named.get(one["offering"], "") or _("a service that is not named in files")
    context |= {"form": form, "given": given, "months": rules.settings()["months"]}
    return render(
        request, "participation/invite.html", context, status=422 if form is not None and form.errors else 200
    )


def _file_page(dossier: UUID) -> dict[str, Any]:
    case = cases.of_dossiers([dossier]).get(dossier)
    return {
        "page_title": _("Ask the child how the help was"),
        "page_meta": (case.child_called if case else "") or _("A child, name not known"),
        "tabs": [Link(_("The file"), cases.link(dossier)), Link(_("Asking the child"), "", current=True)],
        "back": reverse("participation:invite", args=[dossier]),
    }


def _given(row: Invitation) -> dict[str, Any]:
    return {"offering": row.offering_id, "unit": row.unit.name, "on": row.given_on}


def _invite_form(request: StaffRequest, dossier: UUID) -> InviteForm | None:
    if not policy.may_invite(request.actor, dossier):
        return None
    case = cases.of_dossiers([dossier]).get(dossier)
    had = services.shown_all(plans.helped_at(dossier), now=request.now)
    wanted = services.Wanted(place=case.territory_id if case else request.actor.territory, order="")
    near = [one for one in services.find(wanted, now=request.now, limit=MOST) if one.offering not in had]
    mine = set(policy.own(request.actor).values_list("pk", flat=True))
    offerings = [
        (label, _lines([one for one in found if one.offering not in mine], request))
        for label, found in ((_("The child was helped here"), had.values()), (_("Other services near the child"), near))
    ]
    ages = cases.child_ages(dossier, local(request.now).date())
    initial = {"age": rules.age_group(ages[0] if ages else None), "number": rules.new_number(), "invitation": uuid4()}
    initial["offering"] = request.GET.get("of", "")
    return InviteForm(request.POST if request.method == "POST" else None, offerings=offerings, initial=initial)


def _lines(found: list[services.Found], request: StaffRequest) -> list[tuple[str, str]]:
    told = services.told(found, language=words.language(), now=request.now)
    return [(str(one.row.offering), _line(one)) for one in told]


def _line(one: services.Told) -> str:
    where = [one.title, one.service, *([one.place, one.phone] if one.row.protected else [])]
    return " · ".join(dict.fromkeys(part for part in where if part))


def _names(offerings: list[UUID], request: StaffRequest) -> dict[UUID, str]:
    found = [row for one in dict.fromkeys(offerings) if (row := services.shown(one, now=request.now))]
    return {one.row.offering: _line(one) for one in services.told(found, language=words.language(), now=request.now)}


def _invited(request: StaffRequest, dossier: UUID, form: InviteForm) -> bool:
    said = form.cleaned_data
    try:
        actions.invite(
            actor=request.actor,
            dossier=dossier,
            offering=UUID(said["offering"]),
            age=said["age"],
            number=said["number"],
            invitation=said["invitation"],
            now=request.now,
        )
    except actions.AskedLately:
        form.add_error(
            "offering",
            _("The child was asked about this service less than %(months)s months ago.")
            % {"months": rules.settings()["months"]},
        )
    except (actions.OwnService, actions.NotAnOffering):
        form.add_error("offering", _("Choose a service of another organisation."))
    except policy.NotAllowed:
        raise Http404 from None
    return not form.errors


@may(policy.READ)
@require_safe
def supervise(request: StaffRequest) -> HttpResponse:
    """Show words that wait for a reader, and what came of the half-years."""
    begin, first = _number(request.GET.get("after", "")), _number(request.GET.get("words", ""))
    waiting, rounds = queries.words_of(request.actor, first), queries.rounds(request.actor, begin)
    shown = [one.text.round for one in waiting[:PAGE]] + rounds[:PAGE]
    places = services.place_names({one.place_id for one in shown}, words.language())
    context = {
        "page_title": _("What children say of services"),
        "words": [{"line": one, "of": _round(one.text.round, places, request)} for one in waiting[:PAGE]],
        "words_before": _turned(request, "words", max(first - PAGE, 0)) if first else "",
        "words_after": _turned(request, "words", first + PAGE) if len(waiting) > PAGE else "",
        "rounds": [_round(one, places, request) for one in rounds[:PAGE]],
        "newer": _turned(request, "after", max(begin - PAGE, 0)) if begin else "",
        "older": _turned(request, "after", begin + PAGE) if len(rounds) > PAGE else "",
    }
    return render(request, "participation/supervise.html", context)


def _turned(request: StaffRequest, name: str, begin: int) -> str:
    """Return this page's address with one of its two lists turned; the other stays where it is."""
    data = request.GET.copy()
    data[name] = str(begin)
    return f"?{data.urlencode()}"


def _round(row: Round, places: dict[str, str], request: StaffRequest) -> dict[str, Any]:
    body = row.offering.site.provider.body.name if row.offering else _("hidden places of the region together")
    service = package_service(row.service, local(request.now).date()).label(words.language())
    return {
        "row": row,
        "called": " · ".join([service, body, places.get(row.place_id, "")]),
        "period": words.period(row.period),
        "answers": words.band(row.answers) if row.outcome == "told" else str(row.answers),
        "invited": words.band(row.invited) if row.invited else "",
        "rows": words.rows(row.figures),
        "state": row.outcome,
    }


@may(policy.READ)
@require_POST
def decide(request: StaffRequest, text: UUID) -> HttpResponse:
    """Say that words tell of harm, or that they do not."""
    danger = request.POST.get("danger") == "yes"
    try:
        actions.decide_words(actor=request.actor, text=text, danger=danger, now=request.now)
    except actions.TextNotThere:
        raise Http404 from None
    messages.success(
        request, _("A signal is being made. You will find it among the signals.") if danger else _("Recorded.")
    )
    return redirect("participation:supervise")


@signed_in
@require_http_methods(GET_POST)
def offering(request: StaffRequest, offered: UUID) -> HttpResponse:
    """Show what was told of an offering; its provider answers here."""
    found = services.shown(offered, now=request.now)
    if found is None:
        raise Http404
    mine = queries.told_mine(request.actor, offered)
    told = queries.told(offered)
    waiting = next((one.round for one in told if mine and not one.words), None)
    form = ReplyForm(request.POST if request.method == "POST" else None) if waiting else None
    if request.method == "POST":
        if form is None or waiting is None:
            raise Http404
        if form.is_valid() and _replied(request, offered, waiting, form):
            return redirect("participation:offering", offered=offered)
    (one,) = services.told([found], language=words.language(), now=request.now)
    context = {
        "page_title": _("What children said"),
        "page_meta": _line(one),
        "tabs": [
            Link(one.title, reverse("services:offering", args=[offered])),
            Link(_("What children said"), request.path, current=True),
        ],
        "hidden": found.protected,
        "told": words.told(told),
        "form": form,
        "waiting": waiting,
    }
    return render(request, "participation/offering.html", context, status=422 if form and form.errors else 200)


def _replied(request: StaffRequest, offered: UUID, waiting: UUID, form: ReplyForm) -> bool:
    said = [form.cleaned_data[code] for code in rules.LANGUAGES]
    try:
        actions.reply(actor=request.actor, offering=offered, round_id=waiting, words=said, now=request.now)
    except actions.CannotReply:
        form.add_error(None, _("Somebody of your organisation has answered meanwhile."))
        return False
    except actions.NothingSaid:
        form.add_error(None, _("Say it in Kazakh and in Russian."))
        return False
    messages.success(request, _("Your answer stands beside what the children said."))
    return True


def _number(text: str) -> int:
    return int(text[:6]) if text.isascii() and text.isdigit() else 0
