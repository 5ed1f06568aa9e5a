"""What may stand in the way of an answer; each says nothing of what is not the actor's."""


class NotThere(LookupError):
    """There is no such request, file or person for this actor, or it is not theirs to answer."""


class AlreadyAnswered(Exception):
    """A colleague was faster, or the request has ended: it stands as it is."""


class SamePerson(Exception):
    """Whoever proposed it can't decide it."""


class InDanger(Exception):
    """Nothing is given to this person. The release has stopped, and who leads the file was told."""


class OfAge(Exception):
    """The child has come of age meanwhile, and asks for themself."""


class ConsentMissing(Exception):
    """The child is between 14 and 17, or nobody knows how old, and has not agreed."""


class HelperMissing(Exception):
    """The child is under 14, or nobody knows how old, and nobody was named who goes through the copy with them."""
