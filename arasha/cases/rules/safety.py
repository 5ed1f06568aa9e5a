"""Whether a child is safe now, as far as somebody has judged it and the judgement still holds."""

from dataclasses import dataclass
from datetime import datetime

UNKNOWN = "unknown"


class JudgementMissing(ValueError):
    """A judgement that the child is safe, by somebody who has not seen the child."""


@dataclass(frozen=True)
class Safety:
    """The last judgement of a file, and what it is worth now.

    `state` is `unknown` where nobody has judged, and again once `again_by` has passed: a judgement that is not
    repeated in time is none. `judged` is what was said then. `why` is None when the reader may not know it, or it was
    erased.
    """

    state: str
    judged: str = ""
    where: str = ""
    seen: str = ""
    judged_at: datetime | None = None
    seen_at: datetime | None = None
    again_by: datetime | None = None
    unit: str = ""
    why: str | None = None

    @property
    def is_past(self) -> bool:
        """Say whether a judgement was made and holds no longer."""
        return bool(self.judged) and self.state != self.judged


def state_now(judged: str, again_by: datetime | None, now: datetime) -> str:
    """Return what a judgement is worth: unsafe stays unsafe until somebody says otherwise, safe ends with its time."""
    if judged == "safe" and again_by is not None and again_by < now:
        return UNKNOWN
    return judged or UNKNOWN


def check_judgement(state: str, seen: str) -> None:
    """Refuse "safe" from somebody who has not seen the child: that would be a guess."""
    if state == "safe" and seen == "not_seen":
        raise JudgementMissing
