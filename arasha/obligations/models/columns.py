"""How the tables of this folder say the same things."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


def codes(*columns: str) -> dict[str, str]:
    """Return the class of columns that stand in the journal in clear."""
    return dict.fromkeys(columns, "code")


def one_of(name: str, column: str, known: type[StrEnum], *others: str) -> models.CheckConstraint:
    """Return the constraint that the column holds one of the codes known, or one of `others`."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": [*(code.value for code in known), *others]}), name=name
    )
