"""Every read of access that others may use."""

from arasha.kernel.access.queries.bodies import body_for, names_of, post_holders, posts_of, supervisor_of
from arasha.kernel.access.queries.dossiers import led_dossiers, may_read, may_write, team_of, visible_dossiers

__all__ = [
    "body_for",
    "led_dossiers",
    "may_read",
    "may_write",
    "names_of",
    "post_holders",
    "posts_of",
    "supervisor_of",
    "team_of",
    "visible_dossiers",
]
