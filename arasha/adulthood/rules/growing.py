"""What somebody needs before and after the 18th birthday, and what is said of it. Pure."""

from dataclasses import dataclass, field
from datetime import date

from arasha.adulthood.rules.lists import CONSENT_ANSWERS, POINT_STATES, POINTS
from arasha.adulthood.rules.said import LONGEST, LONGEST_LINE, Faulty

# Not a thing to get, but what the adult answers from the 18th birthday on.
CONSENT = "consent"
# What closes a point; all else stays owed, also after 18.
CLOSED = frozenset({"done", "not_applicable"})
GIVEN = ("under_way", "done", "not_applicable")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is recorded of a point: how it stands, a day, a number, who, whether the young person agreed, and words."""

    point: str
    state: str
    day: date | None = None
    agreed: bool = False
    number: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    words: str = field(default="", repr=False)

    def check(self) -> None:
        """Raise Faulty for what can't be: done without what the point asks for, not applicable without a reason."""
        if self.point == CONSENT:
            faults = [] if self.state in CONSENT_ANSWERS else [("state", "choose")]
        else:
            if self.point not in POINTS:
                raise Faulty(("state", "choose"))
            faults = [] if self.state in GIVEN and self.state in POINT_STATES else [("state", "choose")]
            faults += [(name, "empty") for name in self._needs() if not getattr(self, name)]
        faults += [(name, "long") for name in ("number", "who") if len(getattr(self, name)) > LONGEST_LINE]
        faults += [("words", "long")] if len(self.words) > LONGEST else []
        if faults:
            raise Faulty(*faults)

    def _needs(self) -> list[str]:
        if self.state == "not_applicable":
            return ["words"]
        if self.state != "done":
            return []
        return needs(self.point) or ["words"]


def needs(point: str) -> list[str]:
    """Return what a point asks for before it is done: `number`, `day`, `who`, `agreed`; none: words alone."""
    return POINTS[point].more["needs"].split()


def step_of(point: str) -> str:
    """Return the step of the procedure that a point belongs to."""
    return "ask_own_consent" if point == CONSENT else POINTS[point].more["step"]


def points_of(step: str) -> list[str]:
    """Return the points that must be closed before a step is met."""
    return [CONSENT] if step == "ask_own_consent" else [one.code for one in POINTS if one.more["step"] == step]
