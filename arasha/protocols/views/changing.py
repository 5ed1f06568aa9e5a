"""Proposing a text, downloading one, deciding about one."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may, signed_in
from arasha.protocols import actions, policy, queries
from arasha.protocols.forms import DecisionForm, DraftForm
from arasha.protocols.queries import catalogue
from arasha.protocols.rules import FaultyProtocol
from arasha.protocols.rules.standing import DecisionForbidden, Kind
from arasha.protocols.rules.writing import write
from arasha.protocols.views import deciding, presenting
from arasha.protocols.views.pages import found
from arasha.ui.rules.page import Link


@may("draft_protocols")
@require_http_methods(["GET", "HEAD", "POST"])
def drafting(request: StaffRequest) -> HttpResponse:
    """Take a procedure's text as a draft; `from=code~number` in the address begins with that version's text."""
    if not policy.may_draft(request.actor):
        raise Http404
    begin = {"text": _text_to_begin_with(request)}
    form = DraftForm(request.POST, request.FILES) if request.method == "POST" else DraftForm(initial=begin)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            text, name = form.cleaned_data["text"], form.cleaned_data["name"]
            try:
                made = actions.draft(actor=request.actor, text=text, file=name, now=request.now)
            except FaultyProtocol as faulty:
                form.add_error("text", _("%(file)s, line %(line)s: %(reason)s") % vars(faulty))
            except actions.NumberTaken as taken:
                next_number = {"number": taken.highest + 1}
                form.add_error("text", _("This number is taken. Give it version %(number)s.") % next_number)
            else:
                return redirect("protocols:page", code=made.code, number=made.number)
            # A file's text is shown in the field: its fault is mended there, and the file need not be chosen again.
            form.data = {**form.data, "text": text}
    trail = [Link(_("Procedures"), "/procedures/"), Link(_("A new text"), "", current=True)]
    context = {"page_title": _("Propose a procedure or a change of one"), "form": form, "trail": trail}
    return render(request, "protocols/draft.html", context, status=status)


def _text_to_begin_with(request: StaffRequest) -> str:
    code, _separator, number = request.GET.get("from", "").partition("~")
    if not number.isascii() or not number.isdigit():
        return ""
    versions = catalogue.shelf(request.actor, request.now, code=code)
    chosen = next((volume for volume in versions if str(volume.row.number) == number), None)
    if chosen is None:
        return ""
    content = {name: value for name, value in chosen.row.content.items() if name != "standing"}
    return write(content | {"version": versions[0].row.number + 1, "verified_by": ""})


@signed_in
@require_safe
def file(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Give the procedure's text as a file."""
    volume, _others = found(request, code, number)
    response = HttpResponse(write(volume.row.content), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{volume.row.code}-{volume.row.number}.yaml"'
    return response


@signed_in
@require_POST
def decide(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Decide about a version."""
    volume, others = found(request, code, number)
    kinds = deciding.offered(request.actor, volume, request.now)
    if not policy.sees_drafts(request.actor):
        raise Http404
    form = DecisionForm(request.POST, possible=deciding.options(kinds))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide(
                actor=request.actor,
                version=volume.row.pk,
                kind=Kind(given["kind"]),
                now=request.now,
                day=given.get("day"),
                reason=given.get("reason") or "",
                read_acts=bool(given.get("read_acts")),
            )
        except DecisionForbidden as forbidden:
            _explain(form, forbidden.reason)
        except (policy.NotAllowed, queries.VersionNotFound):
            raise Http404 from None
        except actions.DecidedMeanwhile:
            form.add_error(None, _("Somebody decided about this version meanwhile. Look at it as it stands now."))
        else:
            return redirect("protocols:page", code=code, number=number)
    context = presenting.text(volume, others, request.now) | deciding.part(request.actor, volume, request.now, form)
    return render(request, "protocols/page.html", context, status=422)


def _explain(form: DecisionForm, reason: str) -> None:
    """Say beside the field what stands in the way."""
    words = {
        "day": _("Give a day that lies ahead, on which the text is valid."),
        "reason": _("Give the reason."),
        "number": _("A version with a higher number is decided already."),
        "author": _("You wrote this text. Somebody else reviews it."),
        "alone": _("You reviewed this text. Somebody else puts it in force."),
        "proposer": _("You proposed this end. Somebody else confirms it."),
    }
    field = reason if reason in form.fields else None
    form.add_error(field, words.get(reason) or _("This can’t be decided as the version stands now."))
