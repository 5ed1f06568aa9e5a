"""Surveys as who runs them reads them, and the slip as who holds it does."""

from arasha.surveys.queries.reading import due, releases_of, survey, surveys
from arasha.surveys.queries.slips import Opened, opened_by, slip_key

__all__ = ["Opened", "due", "opened_by", "releases_of", "slip_key", "survey", "surveys"]
