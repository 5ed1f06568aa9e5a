"""Every read of access that others may use."""

from arasha.kernel.access.queries.bodies import body_for, names_of, post_holders, posts_of, signature, supervisor_of
from arasha.kernel.access.queries.dossiers import (
    led_dossiers,
    may_fill,
    may_insert,
    may_keep_own,
    may_read,
    may_write,
    on_team,
    reads_plan,
    team_of,
    visible_dossiers,
)
from arasha.kernel.access.queries.oversight import Account, accounts, answers_for, bars_of, budgets_below, looks_at

__all__ = [
    "Account",
    "accounts",
    "answers_for",
    "bars_of",
    "body_for",
    "budgets_below",
    "led_dossiers",
    "looks_at",
    "may_fill",
    "may_insert",
    "may_keep_own",
    "may_read",
    "may_write",
    "names_of",
    "on_team",
    "post_holders",
    "posts_of",
    "reads_plan",
    "signature",
    "supervisor_of",
    "team_of",
    "visible_dossiers",
]
