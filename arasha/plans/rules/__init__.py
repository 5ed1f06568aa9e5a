"""What an assessment together is made of: disciplines, who is asked, what an adolescent is told first."""

from arasha.plans.rules.disciplines import DISCIPLINES, SUMMARY_FORM, Discipline, discipline, disciplines
from arasha.plans.rules.parts import (
    Standing,
    becomes_partner,
    is_late,
    morning_of,
    review_by,
    standing_of,
    takes_part,
)
from arasha.plans.rules.telling import (
    CONFIDENTIAL,
    TOLD,
    asks_the_child,
    edition,
    is_adolescent,
    may_be_adolescent,
)

__all__ = [
    "CONFIDENTIAL",
    "DISCIPLINES",
    "SUMMARY_FORM",
    "TOLD",
    "Discipline",
    "Standing",
    "asks_the_child",
    "becomes_partner",
    "discipline",
    "disciplines",
    "edition",
    "is_adolescent",
    "is_late",
    "may_be_adolescent",
    "morning_of",
    "review_by",
    "standing_of",
    "takes_part",
]
