"""The pages of received files."""

from arasha.evidence.views.giving import copy, custody, original, picture
from arasha.evidence.views.pages import exhibit, exhibits, investigator, look, mark

__all__ = ["copy", "custody", "exhibit", "exhibits", "investigator", "look", "mark", "original", "picture"]
