"""What can't be done with an emergency."""


class AlreadyDeclared(ValueError):
    """An emergency of this kind is declared for this territory already and has not ended."""


class EmergencyOver(ValueError):
    """The emergency has ended."""
