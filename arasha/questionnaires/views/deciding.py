"""The part of a version's page where somebody decides about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import Actor
from arasha.questionnaires import actions, policy, queries
from arasha.questionnaires.forms import DecisionForm
from arasha.questionnaires.queries import Volume
from arasha.questionnaires.rules.standing import DecisionForbidden, Kind, possible
from arasha.questionnaires.views import presenting, words
from arasha.ui.fields import Option


def part(actor: Actor, volume: Volume, form: DecisionForm | None = None) -> dict[str, Any]:
    """Return the form with what this person may decide, None when that is nothing, and why not to publish."""
    life, _decided = queries.life_of(volume.row)
    kinds = list(possible(life, user=actor.user_id)) if actor.user_id is not None else []
    if form is None and kinds:
        form = DecisionForm(possible=options(kinds), initial={"kind": kinds[0].value if len(kinds) == 1 else None})
    own = volume.standing == "draft" and volume.row.author_id == actor.user_id
    return {"decision": form, "own": own}


def options(kinds: list[Kind]) -> list[tuple[Kind, Option]]:
    """Return the decisions with their words."""
    return [(kind, Option(*words.DECIDE[kind])) for kind in kinds]


@may(policy.PUBLISH)
@require_POST
def decide(request: StaffRequest, number: int) -> HttpResponse:
    """Decide about a version."""
    volume, others = presenting.found(request, number)
    life, _decided = queries.life_of(volume.row)
    kinds = list(possible(life, user=request.actor.user_id or 0))
    form = DecisionForm(request.POST, possible=options(kinds))
    if form.is_valid():
        kind, reason = Kind(form.cleaned_data["kind"]), form.cleaned_data.get("reason") or ""
        try:
            actions.decide(actor=request.actor, version=number, kind=kind, reason=reason, now=request.now)
        except DecisionForbidden as forbidden:
            field = "reason" if forbidden.reason == "reason" and "reason" in form.fields else None
            form.add_error(field, _why(forbidden.reason))
        except (policy.NotAllowed, queries.VersionNotFound):
            raise Http404 from None
        except actions.DecidedMeanwhile:
            form.add_error(None, _("Somebody decided about this form meanwhile. Look at it as it stands now."))
        else:
            messages.success(request, str(words.DECIDED[kind.value]))
            return redirect("questionnaires:page", number=number)
    context = presenting.shown(request, volume, others) | part(request.actor, volume, form)
    return render(request, "questionnaires/page.html", context, status=422)


def _why(reason: str) -> str:
    return {
        "author": _("You handed in this form. Somebody else publishes it."),
        "number": _("A version with this or a higher number is published already."),
        "last": _("No other version would be left to fill in. Ask for the withdrawal first."),
        "asker": _("You asked for this. Somebody else confirms it."),
        "reason": _("Give the reason."),
    }.get(reason) or _("This can’t be decided as the version stands now.")
