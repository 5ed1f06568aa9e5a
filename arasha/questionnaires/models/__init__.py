"""Versions of forms."""

from arasha.questionnaires.models.versions import Decision, Questionnaire, Version

__all__ = ["Decision", "Questionnaire", "Version"]
