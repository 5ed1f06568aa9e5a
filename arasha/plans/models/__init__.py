"""What is planned for a child, and what it rests on."""

from arasha.plans.models.assessing import (
    Assessment,
    AssessmentPart,
    AssessmentSummary,
    ConfidentialityTold,
    DifferentView,
    SummarySignature,
)

__all__ = [
    "Assessment",
    "AssessmentPart",
    "AssessmentSummary",
    "ConfidentialityTold",
    "DifferentView",
    "SummarySignature",
]
