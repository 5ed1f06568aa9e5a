"""Requests in words."""

from typing import Any

from arasha.releases import queries, rules
from arasha.releases.models import FileRequest


def line(row: FileRequest, today: Any) -> dict[str, Any]:
    """Return what a list shows of a request, opened for who may read it."""
    stands = row.stands  # type: ignore[attr-defined]  # annotated by queries.requests
    listed = rules.STATES[stands]
    words = queries.words_of(row)
    return {
        "row": row,
        "url": queries.link(row.pk),
        "words": words,
        "applicant": rules.APPLICANTS.label(row.applicant),
        "state": rules.STATES.label(stands),
        "partly": bool(getattr(getattr(row, "release", None), "withheld", "")),
        "tone": listed.more["tone"],
        "late": stands in queries.OPEN and row.due_on < today,
    }
