"""What somebody is shown of a chat, and how long they wait for somebody."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from arasha.doors.rules import Course, Line, Sitting
from arasha.helpline.rules.codes import UNANSWERED
from arasha.kernel.worktime.rules import local

# Who has waited so long for somebody is told that they will be answered within a day; the page says both.
LEFT_AFTER: Final = timedelta(minutes=15)
# So long after its end a chat shows its newest answer alone, and nothing more is put there.
OVER_AFTER: Final = timedelta(hours=2)


def course_of(state: str, kind: str) -> Course:
    """Return how a sitting stands for who writes: whether nobody came, somebody is there, it ended, it was left."""
    if state == "waiting":
        return "waiting"
    if state == "open":
        return "open"
    return "left" if kind in UNANSWERED else "ended"


def sitting(course: Course, said: Iterable[tuple[datetime, str]], now: datetime) -> Sitting:
    """Return what is shown: what was said and when, the eldest first. Whoever was answered once is not left waiting."""
    lines = [(local(at), words) for at, words in said]
    shown: Course = "open" if course == "waiting" and lines else course
    day = lines[-1][0].date() if lines else local(now).date()
    return Sitting(shown, day.isoformat(), tuple(Line(f"{at:%H:%M}", words) for at, words in lines))


def opens_at(opens: time | None, closes: time | None, around_the_clock: bool, now: datetime) -> datetime | None:
    """Return when a helpline that keeps hours opens next; None where it keeps none, or is open now."""
    if around_the_clock or opens is None or closes is None:
        return None
    here = local(now)
    if opens <= here.time() < closes:
        return None
    day = here.date() if here.time() < opens else here.date() + timedelta(days=1)
    return datetime.combine(day, opens, here.tzinfo)
