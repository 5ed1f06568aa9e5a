"""What the work looks like from where somebody stands: my work, the board, one file with its story."""

from arasha.coordination.queries.board import Board, board, climbed_to, late_rows, late_total, unseen
from arasha.coordination.queries.files import (
    STORY,
    FilePage,
    ended_at,
    file_head,
    file_page,
    is_owed,
    named,
    procedures,
    units,
)
from arasha.coordination.queries.matters import Matter, matters
from arasha.coordination.queries.oversight import (
    LOOKS,
    Seen,
    budgets,
    file_named,
    is_suspended,
    looked,
    openings,
    openings_waiting,
    refused_tries,
)
from arasha.coordination.queries.story import Wish, acts
from arasha.coordination.queries.work import (
    MOST,
    MyWork,
    due_between,
    late_count,
    my_work,
    owed_until,
    what_is_owed,
)

__all__ = [
    "LOOKS",
    "MOST",
    "STORY",
    "Board",
    "FilePage",
    "Matter",
    "MyWork",
    "Seen",
    "Wish",
    "acts",
    "board",
    "budgets",
    "climbed_to",
    "due_between",
    "ended_at",
    "file_head",
    "file_named",
    "file_page",
    "is_owed",
    "is_suspended",
    "late_count",
    "late_rows",
    "late_total",
    "looked",
    "matters",
    "my_work",
    "named",
    "openings",
    "openings_waiting",
    "owed_until",
    "procedures",
    "refused_tries",
    "units",
    "unseen",
    "what_is_owed",
]
