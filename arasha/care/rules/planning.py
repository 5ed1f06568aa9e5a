"""What is said when a visit is planned, moved or cancelled. Raises Faulty."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from arasha.care.rules.lists import DATA
from arasha.care.rules.said import LONGEST, Faulty
from arasha.ui.rules import CodeList

DANGERS: Final = CodeList(DATA / "dangers.csv")
PLAN_REASONS: Final = CodeList(DATA / "plan_reasons.csv")
# The urgency of a visit that nobody else owes.
OWN: Final = "own"
# Nobody plans further ahead, and a plan that was written down a little late is one all the same.
FARTHEST: Final = timedelta(days=90)
SLACK: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class PlanSaid:
    """When, which posts go, known dangers, and in words: where they meet, what else is dangerous, who must not know."""

    starts: datetime
    posts: Sequence[int]
    dangers: Sequence[str] = ()
    meeting: str = field(default="", repr=False)
    safety: str = field(default="", repr=False)
    must_not_know: str = field(default="", repr=False)

    def check(self, now: datetime, most_posts: Sequence[int], *, reason: str | None = None) -> None:
        """Raise Faulty for what can't be; `most_posts` may go; `reason` must be known where a plan is moved."""
        faults = []
        if not now - SLACK <= self.starts <= now + FARTHEST:
            faults.append(("starts", "coming"))
        if not self.posts or not set(self.posts) <= set(most_posts):
            faults.append(("posts", "choose"))
        if any(code not in DANGERS for code in self.dangers):
            faults.append(("dangers", "choose"))
        if reason is not None and reason not in PLAN_REASONS:
            faults.append(("reason", "choose"))
        words = ("meeting", "safety", "must_not_know")
        faults += [(name, "long") for name in words if len(getattr(self, name)) > LONGEST]
        if faults:
            raise Faulty(*faults)

    @property
    def alone(self) -> bool:
        """Whether one person goes."""
        return len(set(self.posts)) == 1
