"""Forms: an answer of the child or an adult, and a share on a ground without consent."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.sharing import actions, policy, queries, rules
from arasha.sharing.forms import ConsentForm, WithoutForm
from arasha.sharing.views import words
from arasha.sharing.views.page import before, found


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Write down what somebody answered."""
    found(request, dossier)
    if not policy.may_record(request.actor, dossier):
        raise Http404
    today = local(request.now).date()
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        givers=words.givers(queries.givers(dossier, today)),
        units=_units(request, dossier),
    )
    if form.is_valid():
        try:
            actions.record_consent(
                actor=request.actor, dossier=dossier, said=form.said, now=request.now, ticket=form.ticket
            )
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.GiverNotThere:
            form.add_error("giver", _("Choose one."))
        except actions.UnitNotThere:
            form.add_error("unit", _("Choose one."))
        except actions.NotThere:
            raise Http404 from None
        else:
            messages.success(request, _("Recorded."))
            return redirect("sharing:of_file", dossier=dossier)
    context = {
        "page_title": _("Write down an answer"),
        "before": before(dossier, page=True),
        "form": form,
        "own_say": queries.own_say(dossier, today),
    }
    return render(request, "sharing/consent.html", context, status=422 if form.errors else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def without(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Let a unit read without a consent."""
    found(request, dossier)
    if not policy.may_share(request.actor, dossier):
        raise Http404
    form = WithoutForm(request.POST if request.method == "POST" else None, units=_units(request, dossier))
    if form.is_valid():
        got = form.cleaned_data
        try:
            actions.share_without(
                actor=request.actor,
                dossier=dossier,
                ground=got["ground"],
                words=got["words"],
                lent=form.lent,
                now=request.now,
                ticket=form.ticket,
            )
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.UnitNotThere:
            form.add_error("unit", _("This unit can’t be let in, or would read nothing of these parts."))
        except actions.NotThere:
            raise Http404 from None
        else:
            messages.success(request, _("Recorded. The unit is told that it may read."))
            return redirect("sharing:of_file", dossier=dossier)
    context = {"page_title": _("Share without consent"), "before": before(dossier, page=True), "form": form}
    return render(request, "sharing/without.html", context, status=422 if form.errors else 200)


def _units(request: StaffRequest, dossier: UUID) -> list[tuple[str, str]]:
    return [(str(unit.pk), unit.name) for unit in queries.units_for(request.actor, dossier, request.now)]
