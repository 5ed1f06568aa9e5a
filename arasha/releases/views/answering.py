"""One request: matching it to a file, proposing, deciding, handing over."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import allows, signed_in
from arasha.kernel.worktime.rules import local
from arasha.people import queries as people
from arasha.releases import actions, policy, queries, rules
from arasha.releases.forms import HandForm, MatchForm, NumberForm, ProposeForm
from arasha.releases.models import FileRequest, Release
from arasha.releases.views import words
from arasha.ui.rules.page import Link

MOST_PEOPLE = 60


@signed_in
@require_safe
def one(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """Show a request, and what the reader may do with it."""
    return _shown(request, _found(request, filerequest))


@signed_in
@require_POST
def match(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """Find the case by its number, then say who of the file asks."""
    row = _found(request, filerequest)
    number = NumberForm(request.POST)
    case = None
    if number.is_valid():
        case = cases.newest(request.actor).filter(number=number.cleaned_data["number"].strip()).first()
    if case is None or not policy.may_answer(request.actor, row):
        number.add_error("number", _("Your unit is on no case with this number."))
        return _shown(request, row, {"number_form": number}, 422)
    request.look(case.dossier_id)
    listed = [(str(one.pk), one.called) for one in people.people_of(request.actor, case.dossier_id)[:MOST_PEOPLE]]
    form = MatchForm(request.POST if "chosen" in request.POST else None, people=listed, initial={"number": case.number})
    if not form.is_valid():
        return _shown(request, row, {"match_form": form, "case": case}, 422 if form.errors else 200)
    got = form.cleaned_data
    return _done(
        request,
        row,
        lambda: actions.match(
            actor=request.actor,
            request=row.pk,
            dossier=case.dossier_id,
            person=UUID(got["person"]) if got["person"] else None,
            doubt=got["doubt"],
            now=request.now,
        ),
    )


@signed_in
@require_POST
def end(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """End a request: no file was found, or whoever asked takes it back."""
    row = _found(request, filerequest)
    what = request.POST.get("what", "")
    if what not in ("no_file", "withdrawn"):
        return redirect("releases:one", filerequest=row.pk)
    if _release(row) is not None:
        return _done(request, row, lambda: actions.withdraw(actor=request.actor, request=row.pk, now=request.now))
    return _done(
        request, row, lambda: actions.end_unmatched(actor=request.actor, request=row.pk, state=what, now=request.now)
    )


@signed_in
@require_POST
def propose(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """Propose what is given."""
    row = _found(request, filerequest)
    form = ProposeForm(request.POST, childs_copy=rules.childs_copy(row.applicant))
    if not form.is_valid():
        return _shown(request, row, {"propose_form": form}, 422)
    got = form.said
    try:
        return _done(request, row, lambda: actions.propose(actor=request.actor, request=row.pk, now=request.now, **got))
    except rules.Faulty as faulty:
        form.show_faults(faulty)
        return _shown(request, row, {"propose_form": form}, 422)


@signed_in
@require_POST
def decide(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """Agree to a proposal, or send it back."""
    row = _found(request, filerequest)
    agree = request.POST.get("agree", "") == "yes"
    return _done(
        request, row, lambda: actions.decide(actor=request.actor, request=row.pk, agree=agree, now=request.now)
    )


@signed_in
@require_POST
def hand_over(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """Write down that what was agreed was handed over."""
    row = _found(request, filerequest)
    form = HandForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, {"hand_form": form}, 422)
    got = form.cleaned_data
    return _done(request, row, lambda: actions.hand_over(actor=request.actor, request=row.pk, now=request.now, **got))


def _done(request: StaffRequest, row: FileRequest, step: Callable[[], object]) -> HttpResponse:
    try:
        step()
    except actions.NotThere:
        raise Http404 from None
    except actions.AlreadyAnswered:
        messages.warning(request, _("A colleague was faster. Below is how it stands now."))
    except actions.SamePerson:
        messages.warning(request, _("You proposed it. Somebody else decides."))
    except actions.InDanger:
        messages.warning(request, _("Nothing is given to this person. Give whoever asks the usual letter."))
    except actions.OfAge:
        messages.warning(request, _("The child is 18 now and asks for themself. Nothing is given to others for them."))
    except actions.ConsentMissing:
        messages.warning(request, _("The child must agree first."))
    except actions.HelperMissing:
        messages.warning(request, _("Say who goes through it with the child."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("releases:one", filerequest=row.pk)


def _found(request: StaffRequest, filerequest: UUID) -> FileRequest:
    row = queries.request_of(request.actor, filerequest)
    if row is None:
        raise Http404
    release = _release(row)
    if release is not None:
        request.look(release.dossier_id)
    return row


def _release(row: FileRequest) -> Release | None:
    found: Release | None = getattr(row, "release", None)
    return found


def _shown(
    request: StaffRequest, row: FileRequest, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    release = _release(row)
    context: dict[str, Any] = {
        "page_title": _("Request of %(day)s") % {"day": local(row.asked_at).strftime("%d.%m.%Y")},
        "before": _before(request, release),
        "one": words.line(row, local(request.now).date()),
        "facts": _facts(row, release),
        "blacked": [label for _code, label in rules.BLACKED.choices()],
        "stopped": release is not None and release.state == "stopped",
        "may_withdraw": _may_withdraw(request, row, release),
        "letter": reverse("releases:letter") if allows(request.actor, policy.TAKE) else "",
        **_forms(request, row, release),
    }
    return render(request, "releases/one.html", context | (forms or {}), status=status)


def _before(request: StaffRequest, release: Release | None) -> list[Link]:
    found = []
    if allows(request.actor, policy.ANSWER):
        found.append(Link(_("Requests for files"), reverse("releases:list")))
    if release is not None:
        found.append(Link(_("The file"), cases.link(release.dossier_id)))
    return found


def _may_withdraw(request: StaffRequest, row: FileRequest, release: Release | None) -> bool:
    if release is None:
        return row.state == "taken" and policy.may_answer(request.actor, row)
    return release.state in queries.OPEN and policy.may_propose(request.actor, release)


def _forms(request: StaffRequest, row: FileRequest, release: Release | None) -> dict[str, Any]:
    if release is None:
        open_here = row.state == "taken" and policy.may_answer(request.actor, row)
        return {"number_form": NumberForm() if open_here else None}
    proposes = policy.may_propose(request.actor, release)
    childs = rules.childs_copy(row.applicant)
    return {
        "propose_form": ProposeForm(childs_copy=childs) if proposes and release.state == "matched" else None,
        "may_decide": release.state == "proposed" and policy.may_decide(request.actor, release),
        "paper": queries.paper_link(row.pk) if _has_paper(release, proposes=proposes) else "",
        "hand_form": HandForm() if proposes and release.state == "given" else None,
    }


def _has_paper(release: Release, *, proposes: bool) -> bool:
    """Say whether the paper can be taken here: made once it is agreed, and printed again after it was handed over."""
    return proposes and (release.state == "given" or (release.state == "handed" and hasattr(release, "paper")))


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _facts(row: FileRequest, release: Release | None) -> list[tuple[str, str]]:
    said = queries.words_of(row)
    found = [
        (_("Who asks"), said.asker),
        (_("About which child"), said.child),
        (_("What they ask for"), said.wants),
        (_("How they ask"), rules.WAYS.label(row.way)),
        (_("How it was checked who asks"), rules.CHECKS.label(row.checked)),
        (_("On which legal basis"), rules.BASES.label(row.basis)),
        (_("Incoming number"), said.incoming),
        (_("Day of the letter"), _day(row.letter_on)),
        (_("Answer wanted by"), _day(row.wanted_on)),
        (_("Taken down by"), row.from_unit.name),
    ]
    for climb in row.climbs.select_related("unit").order_by("rung"):
        found.append((_("Told that it is late"), f"{climb.unit.name}, {local(climb.at):%d.%m.%Y}"))
    if release is not None and release.parts:
        labels = ", ".join(rules.PARTS.label(code) for code in release.parts.split())
        found.append((_("What may be given"), labels))
    if release is not None and release.withheld:
        labels = ", ".join(rules.PARTS.label(code) for code in release.withheld.split())
        found.append((_("What is kept back"), labels))
        found.append((_("Why it is kept back"), rules.REFUSALS.label(release.ground)))
    if release is not None and release.refusal:
        found.append((_("Why nothing is given"), rules.REFUSALS.label(release.refusal)))
    own = queries.own_copy_of(release) if release is not None else None
    if own is not None:
        found.append((_("Who goes through it with the child"), own.helper))
        found.append((_("What waits for now"), ", ".join(rules.PARTS.label(code) for code in own.waits)))
        found.append((_("Why it waits"), rules.WAITING.label(own.why) if own.why else ""))
    receipt = queries.receipt_of(release) if release is not None else None
    if receipt is not None:
        found.append((_("Name of who received it"), receipt[0]))
        found.append((_("What shows that they received it"), rules.PROOFS.label(receipt[1])))
    return [(label, value) for label, value in found if value]
