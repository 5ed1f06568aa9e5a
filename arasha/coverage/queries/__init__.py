"""Reads of infrastructure: an overview by territory, the lists that make its numbers, one commitment."""

from arasha.coverage.queries.reading import (
    PAGE,
    Asked,
    Line,
    Row,
    commitment,
    line,
    lines,
    needs,
    overview,
    programmes,
)

__all__ = ["PAGE", "Asked", "Line", "Row", "commitment", "line", "lines", "needs", "overview", "programmes"]
