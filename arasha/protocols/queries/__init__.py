"""What others may ask about procedures."""

from arasha.protocols.queries.versions import (
    Published,
    VersionNotFound,
    bound_to_report,
    contents,
    continued_by,
    in_force,
    lives_of,
    started_by,
    version,
)

__all__ = [
    "Published",
    "VersionNotFound",
    "bound_to_report",
    "contents",
    "continued_by",
    "in_force",
    "lives_of",
    "started_by",
    "version",
]
