"""What a screening for risk of suicide leads to: its level, who must see the child by when, and the alarm."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.coordination import queries
from arasha.coordination.views.presenting import language
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans.rules import SUICIDE, SUICIDE_FORM, SuicideLevel, level_from
from arasha.questionnaires.queries import reading_of
from arasha.signals.queries import staying_of

FORM = SUICIDE_FORM
SHAPES = {"immediate": "late", "high": "late", "not_known": "late", "medium": "soon", "low": "open"}


@sensitive_variables()
def shown(one: queries.Filled, now: datetime) -> dict[str, Any] | None:
    """Return what now happens by a screening that stands; None for any other form, and where its words were erased."""
    if one.row.code != FORM or one.row.state != "submitted":
        return None
    read = reading_of(one.row.pk)
    if read is None or read.answers is None:
        return None
    found = level_from(read.answers)
    return {
        "shape": SHAPES[found.level],
        "level": SUICIDE.label(found.level),
        "lines": _lines(found, one.row.submitted_at or one.row.begun_at, now),
        "staying": staying_of([one.row.dossier_id]),
        "unchecked": not SUICIDE[found.level].more["verified_by"],
    }


def _lines(found: SuicideLevel, at: datetime, now: datetime) -> list[str]:
    lines = []
    if found.level == "immediate":
        lines.append(_("Call 103 now, and stay with the child until help is there."))
    if found.watched:
        lines.append(_("The child is not left alone, day and night, until a specialist has seen them."))
    if found.specialist_hours is None:
        lines.append(_("No time is set by which a specialist sees the child."))
    else:
        by = format_moment(at + timedelta(hours=found.specialist_hours), language(), now)
        lines.append(
            _("A psychiatrist or a psychologist trained for it sees the child by %(moment)s.") % {"moment": by}
        )
    return lines
