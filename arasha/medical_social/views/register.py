"""A file's page of the register: the notice, the decision on it, and what was noted since."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.medical_social import actions, policy, queries, rules
from arasha.medical_social.forms import EndForm, KeptForm, NoticeForm, RefuseForm
from arasha.medical_social.models import Enrolment
from arasha.medical_social.views import words
from arasha.ui.rules.page import Link


@dataclass(frozen=True)
class Deed:
    """What the reader may do next: its name in what is sent, its form, its title, what its button says."""

    name: str
    form: Any
    title: str
    label: str


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show how it stands, to who may know, and let them do the next thing."""
    found = cases.file(request.actor, dossier)
    rows = queries.enrolments_of(request.actor, dossier) if found else []
    if found is None or not (rows or policy.may_look(request.actor) or policy.may_notify(request.actor, dossier)):
        raise Http404
    request.look(dossier)
    running = next((row for row in rows if row.state in rules.RUNNING), None)
    deeds = _deeds(request, dossier, running)
    if request.method == "POST":
        pressed = next((deed for deed in deeds if deed.name == request.POST.get("do")), None)
        if pressed is None:
            raise Http404
        if pressed.form.is_valid() and _done(request, dossier, running, pressed):
            return redirect("medical_social:register", dossier=dossier)
    context = {
        "page_title": _title(running),
        "page_meta": words.child_of(dossier),
        "tabs": [Link(_("The file"), cases.link(dossier))],
        "dossier": dossier,
        "rows": [words.told(row, request.now) for row in rows],
        "deeds": deeds,
        "may_print": running is not None and policy.may_keep(request.actor, running),
    }
    faulty = any(deed.form.errors for deed in deeds)
    return render(request, "medical_social/register.html", context, status=422 if faulty else 200)


def _deeds(request: StaffRequest, dossier: UUID, running: Enrolment | None) -> list[Deed]:
    asked = request.POST.get("do") if request.method == "POST" else None

    def made(name: str, kind: Any, title: str, label: str, **initial: Any) -> Deed:
        sent = request.POST if asked == name else None
        return Deed(name, kind(sent, initial=initial, auto_id=f"{name}_%s"), title, label)

    next_time = local(request.now).date() + rules.REVIEW
    if running is None:
        notice = (_("Send the notice"), _("Send the notice"))
        return [made("notify", NoticeForm, *notice)] if policy.may_notify(request.actor, dossier) else []
    if policy.may_decide(request.actor, running):
        return [
            made("keep", KeptForm, _("Take the child on"), _("Take the child on"), review_on=next_time),
            made("refuse", RefuseForm, _("Or: not to take the child on"), _("Record the refusal")),
        ]
    if policy.may_keep(request.actor, running):
        known = {"needs": running.needs, "measures_until": running.measures_until, "review_on": next_time}
        return [
            made("review", KeptForm, _("Does the child still need it?"), _("The child stays on the register"), **known),
            made("end", EndForm, _("Or: take the child off"), _("Take the child off")),
        ]
    return []


def _done(request: StaffRequest, dossier: UUID, running: Enrolment | None, deed: Deed) -> bool:
    given: dict[str, Any] = {"actor": request.actor, "now": request.now}
    form, row = deed.form, running.pk if running else None
    try:
        if deed.name == "notify":
            actions.notify_enrolment(dossier=dossier, said=form.said(), **given)
        elif row is not None and deed.name == "keep":
            actions.enrol_child(enrolment=row, said=form.said(), **given)
        elif row is not None and deed.name == "review":
            actions.review_enrolment(enrolment=row, said=form.said(), **given)
        elif row is not None:
            act = actions.refuse_enrolment if deed.name == "refuse" else actions.end_enrolment
            act(enrolment=row, reason=form.cleaned_data["reason"], words=form.cleaned_data["words"], **given)
    except rules.Faulty as fault:
        form.show_fault(fault)
    except (actions.EnrolmentStands, actions.EnrolmentNotThere):
        form.add_error(None, _("A colleague was faster: how it stands is said above."))
    if not form.errors:
        messages.success(request, _done_words(deed.name))
    return not form.errors


def _done_words(name: str) -> str:
    return {
        "notify": _("Sent. Social protection owes a decision within ten days."),
        "keep": _("The child is on the register. You owe going through it again on the day that you set."),
        "review": _("Recorded. The child stays on the register."),
        "refuse": _("Recorded. The child was not taken on."),
        "end": _("The child is off the register. From now on only you and who leads the case know that it was."),
    }[name]


def _title(running: Enrolment | None) -> str:
    if running is None:
        return _("Medical-social register")
    if running.state == "notified":
        return _("A decision on the notice is owed")
    return _("The child is owed special social services")
