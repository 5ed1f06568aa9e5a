"""What may stand in the way of an action; each says nothing of what is not the actor's."""


class NotThere(LookupError):
    """It is not there, for this actor or at all."""


class Ended(Exception):
    """A colleague has dealt with it meanwhile, or it has come to its end."""


class Sent(Exception):
    """The same page came a second time: nothing is written, not even an act."""
