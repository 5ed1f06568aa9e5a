"""The page behind a link of the directory: whoever works there says whether the entry is so. Nobody is known here.

A GET changes nothing and shows what the directory tells everybody. What is sent is a proposal; the link ends with it.
"""

from typing import Any
from uuid import UUID, uuid4

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.doors import door
from arasha.doors.forms.proposing import OfferingAnswerForm, SiteAnswerForm
from arasha.doors.views import page
from arasha.kernel.access import policy
from arasha.kernel.worktime.queries import domain_now
from arasha.services import actions, queries, rules

REASON = "whoever works where help is given has no account: a link asks once whether the directory's entry is so"


# Exempt from the token against forged forms: it would need a cookie, and the link itself can't be guessed.
@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@door.limited("code")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the entry; take in that it is so, or what has changed."""
    entry = queries.entry_behind(token)
    if entry is None:
        return _void(request)
    go = request.POST.get("go", "")
    if request.method == "POST" and go == "same":
        return _put(request, token, {})
    data = request.POST if go == "change" else None
    site = SiteAnswerForm(data, entry=entry)
    offerings = [OfferingAnswerForm(data, offering=one) for one in entry["offerings"]]
    valid = [form.is_valid() for form in (site, *offerings)]  # each says what is wrong with it
    if all(valid):
        return _put(request, token, _said(site, offerings))
    return _show(request, entry, site, offerings)


def _said(site: SiteAnswerForm, offerings: list[OfferingAnswerForm]) -> dict[str, Any]:
    changes = {str(form.offering["id"]): form.changes() for form in offerings}
    said = {"site": site.changes(), "offerings": {key: values for key, values in changes.items() if values}}
    return {name: values for name, values in said.items() if values}


@sensitive_variables()
def _put(request: HttpRequest, token: str, said: dict[str, Any]) -> HttpResponse:
    try:
        actions.put_proposal(actor=None, token=token, proposal=_ticket(request), said=said, now=domain_now())
    except actions.LinkVoid:
        return _void(request)
    return page.show(request, "doors/answered.html", {"page_title": _("Thank you")})


def _ticket(request: HttpRequest) -> UUID:
    """Return the id that the page was given, a new one where it is none: the link ends with the first answer anyway."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()


def _show(
    request: HttpRequest, entry: dict[str, Any], site: SiteAnswerForm, offerings: list[OfferingAnswerForm]
) -> HttpResponse:
    language = page.language()
    wrong = any(form.errors for form in (site, *offerings) if form.is_bound)
    context = {
        "page_title": _("Is this still so?"),
        "called": entry["names"].get(language, ""),
        "protected": entry["protected"],
        "once": request.POST.get("once") or uuid4(),
        "site": site,
        "facts": _facts(site),
        "offerings": [(_service(form), _facts(form), form) for form in offerings],
        "wrong": wrong,
        "opened": wrong or request.method == "POST",
    }
    return page.show(request, "doors/answer.html", context, 422 if wrong else 200)


def _service(form: OfferingAnswerForm) -> str:
    try:
        return rules.service(form.offering["service"], domain_now().date()).label(page.language())
    except KeyError:
        return ""


def _facts(form: Form) -> list[tuple[str, str]]:
    """Return what stands now, in words, from the form's own fields."""
    found = []
    for name, field in form.fields.items():
        said = form.initial.get(name)
        choices = dict(getattr(field, "choices", []))
        if isinstance(said, bool):
            words = _("yes") if said else ""
        elif isinstance(said, list):
            words = ", ".join(str(choices.get(one, one)) for one in said)
        else:
            words = str(choices.get(said, said)) if said not in {None, ""} else ""
        if words:
            found.append((str(field.label), words))
    return found


def _void(request: HttpRequest) -> HttpResponse:
    """Say the same of a link that was answered, is too old, or never was."""
    return page.show(request, "doors/link_void.html", {"page_title": _("This link opens nothing")}, 404)
