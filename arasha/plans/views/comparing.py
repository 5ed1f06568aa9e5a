"""Two windows on one page: what the draft says, and what came second, question by question."""

from datetime import datetime
from typing import Any

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans.views import presenting
from arasha.questionnaires import queries as forms
from arasha.questionnaires.rules.keeping import with_value
from arasha.questionnaires.rules.told import Line, sections


@sensitive_variables()
def beside(draft: forms.DraftRead, copy: forms.Copy, now: datetime) -> dict[str, Any]:
    """Return a copy with the questions in which it differs from the draft, both answers side by side."""
    stands = _lines(draft, draft.answers, now)
    other = _lines(draft, with_value(draft.answers, copy.at, copy.value), now)
    keys = [key for key in {**stands, **other} if _said(stands, key) != _said(other, key)]
    return {
        "id": copy.id,
        "facts": f"{copy.by} · {format_moment(copy.kept_at, presenting.language(), now)}",
        "rows": [
            {
                "label": (stands.get(key) or other[key]).label,
                "stands": _said(stands, key),
                "other": _said(other, key),
            }
            for key in keys
        ],
    }


def _lines(draft: forms.DraftRead, answers: Any, now: datetime) -> dict[str, Line]:
    told = sections(draft.form, answers, now=now, language=presenting.language())
    return {line.key: line for section in told for line in section.lines}


def _said(lines: dict[str, Line], key: str) -> str:
    return lines[key].answer if key in lines else ""
