"""What is kept of entry and removal."""

from arasha.care.models.removing import Removal, RemovalPart
from arasha.care.models.visiting import Visit, VisitMade

__all__ = ["Removal", "RemovalPart", "Visit", "VisitMade"]
