"""The safe word of a file: agreed with the child, read by who reads the plan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.care import actions, policy, queries, rules
from arasha.care.forms import WordForm
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import reads_plan
from arasha.ui.rules.page import Link


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def safe_word(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the word behind a fold, and let a new one be agreed on."""
    if cases.file(request.actor, dossier) is None or not reads_plan(dossier):
        raise Http404
    writes = policy.may_agree_word(request.actor, dossier)
    if request.method == "POST" and not writes:
        raise Http404
    request.look(dossier)
    form = WordForm(request.POST if request.method == "POST" else None) if writes else None
    if form is not None and form.is_valid():
        try:
            said = {"word": form.cleaned_data["word"], "ticket": form.ticket}
            actions.agree_safe_word(actor=request.actor, dossier=dossier, now=request.now, **said)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except (actions.NotThere, policy.NotAllowed):
            raise Http404 from None
        else:
            messages.success(request, _("Recorded. Only who reads the plan finds it here."))
            return redirect("care:safe_word", dossier=dossier)
    context = {
        "page_title": _("Safe word"),
        "before": [Link(_("Who may enter the home"), reverse("care:entry", args=[dossier]))],
        "one": queries.safe_word(dossier),
        "form": form,
    }
    return render(request, "care/safe_word.html", context, status=422 if form and form.errors else 200)
