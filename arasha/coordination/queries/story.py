"""The acts of a file and of the signals that it grew from, as far as the reader may know them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from arasha.coordination import rules
from arasha.kernel.journal.queries import ActLine
from arasha.kernel.journal.rules import dossier_stream


@dataclass(frozen=True)
class Wish:
    """What part of a story is asked for: units and kinds by their codes, a period, and the place of a page."""

    units: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, int] | None = None


def acts(dossiers: Sequence[UUID], wish: Wish = Wish(), *, limit: int) -> list[ActLine]:
    """Return acts of these files, newest first; those of facets that the reader may not read are not among them."""
    verbs = _verbs(wish.kinds)
    before, before_id = wish.before or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM coordination.story(%s::uuid[], %s::integer[], %s::text[], %s, %s::timestamptz,"
            " %s::timestamptz, %s::timestamptz, %s::bigint, %s)",
            [
                list(dossiers),
                sorted(wish.units) or None,
                verbs,
                rules.OTHER in wish.kinds,
                wish.since,
                wish.until,
                before,
                before_id,
                limit,
            ],
        )
        return [_line(row, dossiers[0]) for row in cursor.fetchall()]


def _verbs(kinds: frozenset[str]) -> list[str] | None:
    """Return the verbs to ask for; for the kind of what nobody described, those to leave out."""
    if not kinds:
        return None
    if rules.OTHER in kinds:
        return sorted(set(rules.described()) - set(rules.verbs_of(kinds)))
    return rules.verbs_of(kinds)


def _line(row: tuple, asked: UUID) -> ActLine:  # type: ignore[type-arg]  # the columns of coordination.story
    """Return an act of the file that was asked for; its own chain may be another's, as of a paper with many files."""
    number, _key, seq, verb, codes, *rest = row
    codes = codes if isinstance(codes, dict) else json.loads(codes)
    return ActLine(number, seq, dossier_stream(asked), verb, codes, *rest)
