"""What is kept of entry and removal."""

from arasha.care.models.asking import RemovalPerson
from arasha.care.models.outing import Outing
from arasha.care.models.planning import VisitPlan
from arasha.care.models.removing import Removal, RemovalPart
from arasha.care.models.safe_word import SafeWord
from arasha.care.models.visiting import Visit, VisitMade

__all__ = ["Outing", "Removal", "RemovalPart", "RemovalPerson", "SafeWord", "Visit", "VisitMade", "VisitPlan"]
