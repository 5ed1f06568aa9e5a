"""A request is taken down, and whoever asks gets one letter: the same for everybody, whatever the files say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.documents.actions import pdf
from arasha.releases import actions, policy, rules
from arasha.releases.forms import RequestForm


@may(policy.TAKE)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Take a request down. The same page comes back whether or not there is a file."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.take_down(actor=request.actor, said=form.said, now=request.now, ticket=form.ticket)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.NotThere:
            form.add_error(None, _("No coordination serves this place. Send the request on by letter."))
        else:
            if rules.APPLICANTS[form.said.applicant].more["ask"] == "never":
                messages.warning(request, _("Recorded. Nothing about a child is ever given to a migration authority."))
            else:
                messages.success(request, _("Recorded. The coordination answers it. Give whoever asks the letter."))
            return redirect("releases:new")
    context = {
        "page_title": _("Take down a request"),
        "form": form,
        "letter": reverse("releases:letter"),
    }
    return render(request, "releases/new.html", context, status=422 if form.errors else 200)


@may(policy.TAKE)
@require_safe
def letter(request: StaffRequest) -> HttpResponse:
    """Print the letter for whoever asks: it names nobody and depends on no file and no request."""
    data = {
        "lines": [
            _("Your request has been received."),
            _("We cannot give information about children, nor say whether there is a file about any child."),
            _("If the law lets us give you something, we will write to you or ring you."),
            _("You may complain to the akimat of the district, the prosecutor’s office or a court."),
        ],
    }
    content = pdf(
        template="releases/letter.typ",
        title=_("Answer to a request"),
        data=data,
        language=get_language() or "kk",
        now=request.now,
        printed_by="",
    )
    headers = {"Content-Disposition": 'attachment; filename="letter.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
