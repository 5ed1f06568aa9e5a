"""Filling a form in and reading it, for the folders above that host one: an address of their own around these pages."""

from arasha.plans.views.filling import Host, live, page, settled
from arasha.plans.views.reading import left_behind, response, versions

__all__ = ["Host", "left_behind", "live", "page", "response", "settled", "versions"]
