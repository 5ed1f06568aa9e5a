"""The page on which whoever is shown a certificate asks whether its number counts: one word, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.doors.door import limited
from arasha.kernel.access import policy
from arasha.prevention import queries
from arasha.prevention.forms import CheckForm

REASON = (
    "whoever is shown a certificate has no account; the answer is one word, the same for every number that counts not"
)


# Exempt from the token against forged forms: it would need a cookie, and nothing is changed here.
@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@limited("certificate")
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a number and answer "valid" or "invalid".

    The number does not come back, and the page is the same but for the word: never issued, withdrawn, expired and
    mistyped can't be told apart. A right number counts as a try, too.
    """
    form = CheckForm(request.POST if request.method == "POST" else None)
    context = {"page_title": _("Check a certificate"), "form": form, "answer": ""}
    if form.is_valid():
        valid = queries.is_valid(form.cleaned_data["number"])
        answer = pgettext("certificate", "Valid") if valid else pgettext("certificate", "Invalid")
        context |= {"form": CheckForm(), "answer": answer}
    return render(request, "prevention/check.html", context, status=422 if form.errors else 200)
