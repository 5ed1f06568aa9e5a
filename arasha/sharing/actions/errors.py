"""What may stand in the way; each says nothing of what is not the actor's."""


class NotThere(LookupError):
    """There is no such file, consent or share for this actor, or it is not theirs to change."""


class AlreadyEnded(Exception):
    """A colleague was faster: it has ended."""


class GiverNotThere(LookupError):
    """Whoever is said to agree is nobody who may: no adult of the file, or one to whom consent is closed."""


class UnitNotThere(LookupError):
    """The unit is none that the file can be lent to: barred, gone, one's own, or it would read nothing of it."""


class CarriesNothing(Exception):
    """Nothing may rest on this consent: it is no yes, it is over, or at this age somebody else's counts."""
