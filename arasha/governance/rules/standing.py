"""How a pilot stands after all its steps on a day, and which reminder that day has reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from arasha.governance.rules.lists import LIMITS, REMINDERS, STATES

ORDER = {one.code: place for place, one in enumerate(STATES)}
# What starts the countdown anew: after each of these reminders are due again.
COUNTED_FROM = frozenset({"entered", "extended", "decided"})


@dataclass(frozen=True, slots=True)
class Ran:
    """One step as far as the standing goes. A correction with `until` gives the true day, without it takes back."""

    id: UUID
    number: int
    kind: str
    on: date
    until: date | None = None
    decision: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pilot stands: overdue, due, running, decided.

    `until`: the money's last day; `prolonged`: how many times it was; `since`: the number of the step from which the
    reminders count; `number`: of the last step; `taken_back`: steps that a correction took back.
    """

    state: str
    until: date
    prolonged: int
    evaluated: int
    since: int
    number: int
    decision: str = ""
    decided_on: date | None = None
    taken_back: frozenset[UUID] = frozenset()

    @property
    def late_by(self) -> int:
        """How many days after the money's last day the decision was made; 0: in time, or not made."""
        return max((self.decided_on - self.until).days, 0) if self.decided_on else 0


def standing(steps: Iterable[Ran], *, today: date) -> Standing:
    """Work out how a pilot stands on a day. The first step enters it with the money's last day."""
    rows = sorted(steps, key=lambda one: one.number)
    kinds = {one.id: one.kind for one in rows}
    last = {one.corrects: one for one in rows if one.corrects}
    back = frozenset(pk for pk, one in last.items() if pk is not None and one.until is None)
    standing_rows = [one for one in rows if one.id not in back]
    until, decided = rows[0].until or date.max, None
    for one in standing_rows:
        if one.kind in {"entered", "extended"}:
            until = (last[one.id].until if one.id in last else one.until) or until
        elif one.kind == "decided":
            decided = one
    due = until - timedelta(days=int(LIMITS["decision_due"].more["days"]))
    state = "decided" if decided else "overdue" if today > until else "due" if today >= due else "running"
    return Standing(
        state,
        until,
        sum(one.kind == "extended" for one in standing_rows),
        sum(one.kind == "evaluated" for one in standing_rows),
        max(one.number for one in rows if (kinds[one.corrects] if one.corrects else one.kind) in COUNTED_FROM),
        rows[-1].number,
        decided.decision if decided else "",
        decided.on if decided else None,
        back,
    )


def urgency(stands: Standing) -> tuple[int, int]:
    """Order pilots: money ended without a decision, decision due, running, each by its day; decided ones last."""
    day = stands.until.toordinal() if stands.decided_on is None else -stands.decided_on.toordinal()
    return ORDER[stands.state], day


def reached(stands: Standing, *, today: date) -> list[str]:
    """Return the codes of the reminders whose day has come, the first first; of a decided pilot none."""
    if stands.state == "decided":
        return []
    days = ((one.code, int(one.more["days"])) for one in REMINDERS)
    return [code for code, before in days if today >= stands.until - timedelta(days=before)]
