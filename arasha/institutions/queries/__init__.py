"""Institutions of a territory with how each stands."""

from arasha.institutions.queries.standing import (
    ORDER,
    answering,
    counted,
    history,
    institution,
    institutions,
    link,
    near,
    newest,
)

__all__ = ["ORDER", "answering", "counted", "history", "institution", "institutions", "link", "near", "newest"]
