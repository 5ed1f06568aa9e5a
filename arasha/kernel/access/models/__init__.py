"""Who works where, which file is whose, and who looked."""

from arasha.kernel.access.models.bodies import Body, Facet, Function, PartFacet, Post, Tenure, Unit, UnitFunction
from arasha.kernel.access.models.dossiers import Bar, Dossier, Glass, Member
from arasha.kernel.access.models.looks import Budget, Look
from arasha.kernel.access.models.people import Secret, Session, Tie, User, WebSession

__all__ = [
    "Bar",
    "Body",
    "Budget",
    "Dossier",
    "Facet",
    "Function",
    "Glass",
    "Look",
    "Member",
    "PartFacet",
    "Post",
    "Secret",
    "Session",
    "Tenure",
    "Tie",
    "Unit",
    "UnitFunction",
    "User",
    "WebSession",
]
