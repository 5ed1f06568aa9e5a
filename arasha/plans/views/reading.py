"""A response as its readers see it: under the version it was written with, with the answers in words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans.views import presenting
from arasha.questionnaires import queries as forms
from arasha.questionnaires.rules.carrying import carry
from arasha.questionnaires.rules.told import sections


@sensitive_variables()
def response(wanted: UUID, now: datetime) -> dict[str, Any] | None:
    """Return what a response says, newest version first standing, or None: it is not there for the reader."""
    found = forms.reading_of(wanted)
    if found is None:
        return None
    row, language = found.response, presenting.language()
    at = row.submitted_at or row.begun_at
    told = sections(found.form, found.answers, now=at, language=language) if found.answers is not None else ()
    values = {"unit": row.unit.name, "name": found.by, "moment": format_moment(at, language, now)}
    return {
        "facts": _("%(unit)s, %(name)s · %(moment)s") % values,
        "erased": found.answers is None,
        "sections": told,
        "version": found.form.version,
        "corrected": row.state == "corrected",
        "copies": [_copy(found, copy, now) for copy in found.copies],
    }


def _copy(found: forms.Reading, copy: forms.Copy, now: datetime) -> dict[str, Any]:
    return {"facts": f"{copy.by} · {format_moment(copy.kept_at, presenting.language(), now)}", "lines": lines_of(copy)}


def lines_of(copy: forms.Copy) -> list[str]:
    """Return what a copy says, an answer a line, without the codes that stand before it."""
    return _flat(copy.value)


def _flat(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [line for one in value.values() for line in _flat(one)]
    if isinstance(value, list):
        return [line for one in value for line in _flat(one)]
    return [str(value)] if value else []


@sensitive_variables()
def versions(wanted: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return the earlier versions of a response that were handed in, the newest first."""
    row = forms.response(wanted)
    if row is None:
        return []
    found = [response(one.pk, now) for one in forms.history_of(row) if one.submitted_at is not None]
    return [one for one in found if one is not None]


@sensitive_variables()
def left_behind(wanted: UUID, now: datetime) -> list[str]:
    """Return what was written in an earlier version of the form and has no place in this response's."""
    row = forms.response(wanted)
    if row is None or row.supersedes_id is None:
        return []
    earlier = forms.unfinished_of(row.supersedes_id, now)
    return list(carry(forms.form_of(row.version_id), earlier.answers).left.values()) if earlier else []
