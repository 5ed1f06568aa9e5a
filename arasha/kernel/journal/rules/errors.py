"""The journal's refusals as exceptions. Their texts carry no data."""

from django.db import DatabaseError


class JournalError(Exception):
    """The journal refused."""


class NoAct(JournalError):
    """A row was written with no act open (AR410)."""


class ActMisuse(JournalError):
    """An act was opened, closed or changed as no act may be (AR411)."""


class ActInsideAct(ActMisuse):
    """An act was opened while another one is open in the same transaction."""


class NotTheSealer(JournalError):
    """Somebody other than the clock tried to seal (AR403)."""


BY_STATE: dict[str, type[JournalError]] = {"AR410": NoAct, "AR411": ActMisuse, "AR403": NotTheSealer}


def from_database(error: DatabaseError) -> Exception:
    """Return our exception for a database error of the journal's, else the error itself."""
    kind = BY_STATE.get(getattr(error.__cause__, "sqlstate", None) or "")
    return kind() if kind else error
