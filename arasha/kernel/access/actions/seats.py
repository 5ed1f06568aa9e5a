"""Posts and accounts: what an administrator does. `seat` stands inside an open act."""

from datetime import datetime

from arasha.kernel.access.actions.calling import call


def seat(*, post_id: int, user_id: int | None, until: datetime | None = None) -> None:
    """Seat a user in a post, or empty it. Nobody seats themselves, or anybody in their own unit.

    Whoever has no post left is signed out. Raises `NotThere` outside one's territory, `Refused`, `Conflict` when
    somebody sits there, `NeedsTwo` for a post with a sensitive function: a second person must agree.
    """
    call("seat", post_id, user_id, until, casts="%s::integer, %s::integer, %s::timestamptz")


def create_user(*, login: str, name: str, email: str = "", language: str = "kk") -> int:
    """Make an account without a usable password; the invitation sets one. Raises `Refused`, `Conflict`."""
    return int(call("create_user", login, name, email, language, casts="%s, %s, %s, %s"))


def set_active(*, user_id: int, active: bool) -> None:
    """Close an account, which ends its sessions, or open it again. Raises `Refused`."""
    call("set_active", user_id, active, casts="%s::integer, %s::boolean")


def end_sessions(*, user_id: int) -> None:
    """End every session of a user: one's own, or by system work. Raises `Refused`."""
    call("end_sessions", user_id, casts="%s::integer")


def confirm_budget(*, user_id: int, limit: int) -> None:
    """As the unit above the user's, let them look at `limit` more children today. Raises `Refused`, `Conflict`."""
    call("confirm_budget", user_id, limit, casts="%s::integer, %s::integer")
