"""The database's refusals as exceptions. Their texts carry no data: not a name, not an id."""

from django.db import DatabaseError


class AccessError(Exception):
    """The database refused; `sqlstate` says how."""

    sqlstate = ""


class NoContext(AccessError):
    """A query ran without a context, or with a forged one (AR400)."""

    sqlstate = "AR400"


class NotValid(AccessError):
    """The session, the post or the proof is not valid now (AR401)."""

    sqlstate = "AR401"


class Refused(AccessError):
    """The dossier is there for the actor, this deed is not (AR403)."""

    sqlstate = "AR403"


class NotThere(AccessError):
    """For the actor there is no such thing, whether or not it exists (AR404)."""

    sqlstate = "AR404"


class Conflict(AccessError):
    """Somebody else changed it first, or it is already so (AR409)."""

    sqlstate = "AR409"


class NeedsTwo(AccessError):
    """One person's word is not enough for this: a second person must agree (AR412)."""

    sqlstate = "AR412"


BY_STATE = {error.sqlstate: error for error in (NoContext, NotValid, Refused, NotThere, Conflict, NeedsTwo)}


def from_database(error: DatabaseError) -> Exception:
    """Return our exception for a database error with one of our states, else the error itself."""
    state = getattr(error.__cause__, "sqlstate", None)
    kind = BY_STATE.get(state or "")
    return kind() if kind else error
