"""The line over every page of those who work where an emergency holds. A room of web alone: the frame is web's."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.emergency import queries, rules
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.ui.rules.page import Link


def emergencies(actor: Actor, place: Territory, now: datetime) -> list[Link]:
    """Return a line for each emergency that holds in a territory now; one query."""
    language, kinds = get_language() or "kk", dict(rules.KINDS.choices())
    return [
        Link(
            _("Emergency until %(day)s: %(kind)s")
            % {"day": format_date(row.last_on, language), "kind": kinds.get(row.kind, row.kind)},
            reverse("emergency:emergency", args=[row.pk]),
        )
        for row in queries.running_for(actor, place, local(now).date())
    ]
