"""Versions of forms, and what people filled in."""

from arasha.questionnaires.models.answering import Answer, Response, ResponseDraft
from arasha.questionnaires.models.versions import Decision, Questionnaire, Version

__all__ = ["Answer", "Decision", "Questionnaire", "Response", "ResponseDraft", "Version"]
