"""What a reporter tells, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from arasha.signals.rules.injuries import Injury


@dataclass(frozen=True)
class Report:
    """What a reporter tells. Only the concerns and the two safety answers are ever required.

    `school` and `clinic` are the child's, as units; `suspect_works` a code of `workplaces.csv`, with `suspect_body`
    where it is another one. `happened_in`, a code of `institutions.csv`, says that it happened where the child
    lives, learns, trains or worships; `institution` is that body, or it stands in `place_called`: whoever belongs
    to it is kept from the file. `suspect` is a code of `suspects.csv`. `way` through the head lets the reporter's
    own unit know; else nobody there learns of it. `statement` is a code of `statements.csv`, never required;
    `hindered_by` the police unit that refused it or presses.
    """

    door: str
    territory: str
    concerns: Sequence[str]
    safe_now: str
    suspect_has_access: str
    child_called: str = ""
    child_age: int | None = None
    child_sex: str = "unknown"
    narrative: str = ""
    whereabouts: str = ""
    must_not_know: str = ""
    may_ring: str = ""
    barred_users: Sequence[int] = ()
    identified_at: datetime | None = None
    school: int | None = None
    clinic: int | None = None
    suspect_works: str = ""
    suspect_body: int | None = None
    happened_in: str = ""
    institution: int | None = None
    place_called: str = ""
    suspect: str = ""
    injuries: Sequence[Injury] = ()
    way: str = "direct"
    school_class: str = ""
    dangers: Sequence[str] = ()
    statement: str = ""
    pressure: bool = False
    hindered_by: int | None = None


@dataclass(frozen=True)
class Worry:
    """What the reader, not the rule, says when they make a signal: what worries, and the two questions of safety."""

    concerns: Sequence[str]
    safe_now: str
    suspect_has_access: str
    narrative: str = ""
    must_not_know: str = ""
