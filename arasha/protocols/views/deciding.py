"""The part of a version's page where somebody decides about it."""

from datetime import datetime
from typing import Any

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.protocols import policy
from arasha.protocols.forms import DecisionForm
from arasha.protocols.queries.catalogue import Volume
from arasha.protocols.rules.standing import Kind, possible
from arasha.protocols.views.standings import DECIDE
from arasha.ui.fields import Option


def part(actor: Actor, volume: Volume, now: datetime, form: DecisionForm | None = None) -> dict[str, Any]:
    """Return the form with what this person may decide, None when that is nothing."""
    kinds = offered(actor, volume, now)
    if form is None and kinds:
        form = DecisionForm(possible=options(kinds), initial={"kind": kinds[0].value})
    return {"decision": form}


def offered(actor: Actor, volume: Volume, now: datetime) -> list[Kind]:
    """Return what this person may decide about the version now."""
    if actor.user_id is None:
        return []
    found = possible(volume.life, user=actor.user_id, today=local(now).date())
    return [kind for kind in found if policy.may_decide(actor, kind)]


def options(kinds: list[Kind]) -> list[tuple[Kind, Option]]:
    """Return the decisions with their words."""
    return [(kind, Option(*DECIDE[kind])) for kind in kinds]
