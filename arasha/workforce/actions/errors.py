"""What may stand in the way of an action; each says nothing of what is not the actor's."""


class NotThere(LookupError):
    """It is not there, for this actor or at all."""


class LeaveOver(Exception):
    """The leave was cancelled or is over."""


class LeaveStands(Exception):
    """The worker is away on these days already, by another leave."""


class SessionOver(Exception):
    """The session was settled or moved already, or has not begun."""


class NoteChanged(Exception):
    """A colleague changed the note since the page was opened; nothing was kept."""
