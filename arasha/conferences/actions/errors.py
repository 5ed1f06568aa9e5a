"""What may stand in the way of an action; each says nothing of what is not the actor's."""


class NotThere(LookupError):
    """It is not there, for this actor or at all."""


class SittingOver(Exception):
    """The sitting was held or called off: its agenda stands as it is."""


class ItemChanged(Exception):
    """A colleague has dealt with it meanwhile."""


class NoQuorum(Exception):
    """Too few came, and it is not urgent: the item is put off, or marked urgent."""


class ChildNotHeard(Exception):
    """Nobody has said yet what the child wishes, or why it was not asked; what is urgent does not wait for it."""


class UnitNotThere(LookupError):
    """This unit does not work on the file, or nobody there may know of it."""


class Sent(Exception):
    """The same page came a second time: nothing is written, not even an act."""
