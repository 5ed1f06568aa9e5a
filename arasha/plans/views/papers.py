"""An assessment on paper: what the reader may read, and nothing that lies sealed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.cases.models import Case
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans import queries
from arasha.plans.views import presenting, reading


@sensitive_variables()
def whole(read: queries.AssessmentRead, case: Case, now: datetime) -> dict[str, Any]:
    """Return the data of the document. A part whose words the reader may not read stands there as done or owed."""
    parts = [part for part in read.parts if not Facet(part.row.facet).sealed]
    summaries = queries.summaries_of(read.row)
    return {
        "meta": f"{_('Case')} {case.number} · {presenting.facts(read.row, now)}",
        "parts_title": _("Parts"),
        "heads": [_("Part"), _("Unit"), _("State")],
        "parts": [_row(part, now) for part in parts],
        "written": [_written(part, now) for part in parts if part.reads],
        "summary": _summary(summaries[0].response_id, now) if summaries else None,
        "summary_title": _("The joint summary"),
        "signed_title": _("Signed"),
        "signed": [_signed(one, now) for one in queries.signatures_of(summaries[0])] if summaries else [],
        "views_title": _("Seen otherwise"),
        "views": [
            {"who": f"{view.unit} · {_moment(view.at, now)}", "words": view.words or ""}
            for view in queries.views_of(read.row)
        ],
        "note": _("What lies under seal is not printed, nor whether there is anything."),
    }


def _row(part: queries.PartRead, now: datetime) -> list[str]:
    line = presenting.line(part, now)
    return [line["title"], line["unit"], f"{line['state'].words}, {line['when']}"]


def _written(part: queries.PartRead, now: datetime) -> dict[str, Any]:
    found = last_handed_in(part.row.response_id, now) if part.row.response_id else None
    return {"title": presenting.title_of(part.row)} | _said(found)


@sensitive_variables()
def last_handed_in(wanted: UUID, now: datetime) -> dict[str, Any] | None:
    """Return what a part says: the newest that was handed in, while a correction is being written, too."""
    return reading.response(wanted, now) or next(iter(reading.versions(wanted, now)), None)


def _summary(wanted: UUID, now: datetime) -> dict[str, Any] | None:
    found = reading.response(wanted, now)
    return _said(found) if found else None


def _said(found: dict[str, Any] | None) -> dict[str, Any]:
    if found is None:
        return {"facts": "", "sections": []}
    return {
        "facts": found["facts"],
        "sections": [
            {
                "title": f"{section.title} {section.time}" if section.time else section.title,
                "lines": [[line.label, line.answer] for line in section.lines],
            }
            for section in found["sections"]
        ],
    }


def _signed(one: queries.Signed, now: datetime) -> list[str]:
    stands = _("signed, sees it otherwise") if one.stands == "differs" else _("signed")
    return [one.unit, one.name, f"{stands}, {_moment(one.at, now)}"]


def _moment(at: datetime, now: datetime) -> str:
    return format_moment(at, presenting.language(), now)
