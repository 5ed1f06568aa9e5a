"""A procedure as a picture: a lane for each body, a column for each limit, a bar for each step."""

from dataclasses import dataclass

from arasha.kernel.worktime.rules import Limit, Unit
from arasha.protocols.rules.conditions import Trigger
from arasha.protocols.rules.content import Protocol, Step

HOURS = {  # how long a unit is for putting limits in order; what a limit really is, the calendar says
    Unit.CLOCK_MINUTES: 1 / 60,
    Unit.CLOCK_HOURS: 1.0,
    Unit.WORKING_HOURS: 2.5,
    Unit.WORKING_DAYS: 24.01,
    Unit.CALENDAR_DAYS: 24.0,
}
MOST_COLUMNS = 8


@dataclass(frozen=True)
class Bar:
    """A step: its number in the procedure, and the column (from 1) in which its limit ends."""

    number: int
    step: Step
    ends: int


@dataclass(frozen=True)
class Lane:
    """A body by role and function, and its steps."""

    body: str
    function: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """The steps that one event raises; `trigger` None is the start. Many limits: the longest share the last column."""

    trigger: Trigger | None
    columns: tuple[Limit, ...]
    lanes: tuple[Lane, ...]


def charts(protocol: Protocol) -> list[Chart]:
    """Return one chart for the start and one for each later event, in the order in which the steps stand."""
    groups: list[tuple[Trigger | None, list[tuple[int, Step]]]] = [(None, [])]
    for number, step in enumerate(protocol.steps, start=1):
        group = next((steps for trigger, steps in groups if trigger == step.on), None)
        if group is None:
            group = []
            groups.append((step.on, group))
        group.append((number, step))
    return [_chart(trigger, steps) for trigger, steps in groups]


def _chart(trigger: Trigger | None, steps: list[tuple[int, Step]]) -> Chart:
    limits = sorted({step.limit for _number, step in steps}, key=_length)
    columns = limits[: MOST_COLUMNS - 1] + limits[MOST_COLUMNS - 1 :][-1:]
    lanes: dict[tuple[str, str], list[Bar]] = {}
    for number, step in steps:
        ends = columns.index(step.limit) + 1 if step.limit in columns else len(columns)
        lanes.setdefault((step.body, step.function), []).append(Bar(number, step, ends))
    rows = (Lane(body, function, tuple(bars)) for (body, function), bars in lanes.items())
    return Chart(trigger, tuple(columns), tuple(rows))


def _length(limit: Limit) -> tuple[float, str]:
    return limit.amount * HOURS[limit.unit], limit.unit.value
