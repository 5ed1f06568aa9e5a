"""What a young person needs at 18: who owes it, by when, how it stands; and what is recorded of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.adulthood import actions, policy, queries, rules
from arasha.adulthood.forms import PointForm
from arasha.adulthood.views.pages import left_words
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import State


@signed_in
@require_safe
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show what is needed at 18, point by point."""
    if cases.file(request.actor, dossier) is None:
        raise Http404
    request.look(dossier)
    helps = policy.helps(request.actor, dossier)
    today = local(request.now).date()
    race = rules.race(queries.birth_of(dossier), "appeal", today, today)
    writes = policy.may_record_point(request.actor, dossier)
    of_age = queries.of_age(dossier, local(request.now).date())
    context = {
        "page_title": _("Towards adulthood"),
        "page_meta": cases.of_dossiers([dossier])[dossier].child_called or _("A child, name not known"),
        "before": [Link(_("Towards adulthood"), reverse("adulthood:list")), Link(_("The file"), cases.link(dossier))],
        "add": [Action(_("The child’s own applications"), reverse("adulthood:of_file", args=[dossier]))],
        "left": left_words(race),
        "majority": race.majority,
        "rows": [
            _row(one, dossier, writes=writes)
            for one in queries.points(request.actor, dossier)
            if helps and (of_age or one.code != rules.CONSENT)
        ],
        "helps": helps,
    }
    return render(request, "adulthood/aftercare.html", context)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest, dossier: UUID, point: str) -> HttpResponse:
    """Record how a point stands."""
    known = point in rules.POINTS or (point == rules.CONSENT and queries.of_age(dossier, local(request.now).date()))
    on_file = cases.file(request.actor, dossier) is not None
    if not known or not on_file or not policy.may_record_point(request.actor, dossier):
        raise Http404
    request.look(dossier)
    seen = next(one.seen for one in queries.points(request.actor, dossier) if one.code == point)
    form = PointForm(request.POST or None, point=point, initial={"seen": seen})
    if form.is_valid() and _recorded(request, dossier, form):
        return redirect("adulthood:aftercare", dossier=dossier)
    back = reverse("adulthood:aftercare", args=[dossier])
    context = {
        "page_title": _label(point),
        "before": [Link(_("Towards adulthood"), back)],
        "form": form,
        "back": back,
    }
    return render(request, "adulthood/form.html", context, status=422 if form.errors else 200)


def _recorded(request: StaffRequest, dossier: UUID, form: PointForm) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        actions.record_point(actor=request.actor, dossier=dossier, said=form.said, seen=seen, now=request.now)
    except (actions.NotThere, actions.TooEarly, policy.NotAllowed):
        raise Http404 from None
    except actions.Ended:
        form.add_error(None, _("A colleague has recorded something meanwhile. Look at how it stands now."))
    except rules.Faulty as faulty:
        form.show_faults(faulty)
    else:
        messages.success(request, _("Recorded."))
        return True
    return False


def _label(point: str) -> str:
    return _("Does help go on? The adult’s own answer") if point == rules.CONSENT else rules.POINTS.label(point)


def _row(one: queries.Point, dossier: UUID, *, writes: bool) -> dict[str, Any]:
    entry = one.entry
    if one.code == rules.CONSENT:
        words = rules.CONSENT_ANSWERS.label(entry.state) if entry else rules.POINT_STATES.label("missing")
        state = State("met" if one.closed else "open", words)
    else:
        code = entry.state if entry else "missing"
        state = State(rules.POINT_STATES[code].more["shape"], rules.POINT_STATES.label(code))
    return {
        "title": _label(one.code),
        "state": state,
        "entry": entry,
        "erased": entry is not None and one.words is None,
        "said": [text for name in ("number", "who", "words") if (text := (one.words or {}).get(name))],
        "duty": one.duty,
        "due": local(one.duty.due_now).date() if one.duty else None,
        "owed": one.duty is not None and one.duty.ended_at is None and not one.closed,
        "url": reverse("adulthood:record", args=[dossier, one.code]) if writes else "",
    }
