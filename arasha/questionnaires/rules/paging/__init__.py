"""A form page by page: what a page shows, and what somebody sent from it."""

from arasha.questionnaires.rules.paging.pages import Page, page_at, pages_of, relevant_pages, step
from arasha.questionnaires.rules.paging.presenting import present
from arasha.questionnaires.rules.paging.sending import read_page, revealed, wish
from arasha.questionnaires.rules.paging.shown import PageShown

__all__ = [
    "Page",
    "PageShown",
    "page_at",
    "pages_of",
    "present",
    "read_page",
    "relevant_pages",
    "revealed",
    "step",
    "wish",
]
