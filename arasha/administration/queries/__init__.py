"""Every read of administration that others may use."""

from arasha.administration.queries.accounts import (
    AccountLine,
    LentAccount,
    Session,
    accounts,
    factor_shown_at,
    factors,
    has_second_factor,
    instance_kind,
    lent_accounts,
    link_of,
    posts_of,
    sessions,
)
from arasha.administration.queries.rosters import (
    OnDuty,
    Roster,
    RosterState,
    arranged_units,
    may_arrange,
    on_duty,
    roster_of,
    roster_states,
)

__all__ = [
    "AccountLine",
    "LentAccount",
    "OnDuty",
    "Roster",
    "RosterState",
    "Session",
    "accounts",
    "arranged_units",
    "factor_shown_at",
    "factors",
    "has_second_factor",
    "instance_kind",
    "lent_accounts",
    "link_of",
    "may_arrange",
    "on_duty",
    "posts_of",
    "roster_of",
    "roster_states",
    "sessions",
]
