"""Every write of access: entering, sessions, the team, bars, break-glass, seats, the access log, reference data."""

from arasha.kernel.access.actions.entering import (
    begin_session,
    end_session,
    enter,
    enter_system,
    install_secret,
    system,
    until_none,
)
from arasha.kernel.access.actions.glass import break_glass, review_glass
from arasha.kernel.access.actions.periods import refresh_teams
from arasha.kernel.access.actions.reference import load_reference
from arasha.kernel.access.actions.seats import confirm_budget, create_user, end_sessions, seat, set_active
from arasha.kernel.access.actions.team import (
    TeamMember,
    add_limited,
    add_member,
    bar,
    carry_bars,
    close_dossier,
    end_member,
    grant_facet,
    hand_over,
    lift_bar,
    move_dossier,
    open_dossier,
)
from arasha.kernel.access.actions.ties import declare_tie, end_tie, strike_tie
from arasha.kernel.access.looks import Looked, LookNotRecorded, TooManyToday, record_export, record_look

__all__ = [
    "LookNotRecorded",
    "Looked",
    "TeamMember",
    "TooManyToday",
    "add_limited",
    "add_member",
    "bar",
    "begin_session",
    "break_glass",
    "carry_bars",
    "close_dossier",
    "confirm_budget",
    "create_user",
    "declare_tie",
    "end_member",
    "end_session",
    "end_sessions",
    "end_tie",
    "enter",
    "enter_system",
    "grant_facet",
    "hand_over",
    "install_secret",
    "lift_bar",
    "load_reference",
    "move_dossier",
    "open_dossier",
    "record_export",
    "record_look",
    "refresh_teams",
    "review_glass",
    "seat",
    "set_active",
    "strike_tie",
    "system",
    "until_none",
]
