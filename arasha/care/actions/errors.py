"""What may stand in the way of an action; each says nothing of what is not the actor's."""


class NotThere(LookupError):
    """It is not there, for this actor or at all."""


class RemovalStands(Exception):
    """A removal of this child goes on: what is known is added to it."""


class NotJudgedSafe(Exception):
    """No child goes home before somebody has judged, after the removal, that they are safe there."""


class Sent(Exception):
    """The same page came a second time: nothing is written, not even an act."""


class AlreadyOut(Exception):
    """The worker is out already: that entry ends first."""


class LongerOnce(Exception):
    """It was made longer already: only once is possible."""


class PlanChanged(Exception):
    """Somebody planned, moved or cancelled the visit meanwhile: read that first."""
