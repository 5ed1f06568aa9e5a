"""Every write of access: entering, sessions, the team, and reference data."""

from arasha.kernel.access.actions.entering import (
    begin_session,
    end_session,
    enter,
    enter_system,
    install_secret,
    system,
)
from arasha.kernel.access.actions.reference import load_reference
from arasha.kernel.access.actions.team import TeamMember, add_member, open_dossier

__all__ = [
    "TeamMember",
    "add_member",
    "begin_session",
    "end_session",
    "enter",
    "enter_system",
    "install_secret",
    "load_reference",
    "open_dossier",
    "system",
]
