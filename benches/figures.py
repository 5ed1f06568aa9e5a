"""A figure: what was measured, against what it may be; printed a line each, and kept as JSON."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One line. `least` says that more is better: then the budget is what it must reach."""

    name: str
    measured: float
    budget: float
    unit: str
    least: bool = False
    note: str = ""

    @property
    def over(self) -> bool:
        """Whether the budget is not kept."""
        return self.measured < self.budget if self.least else self.measured > self.budget

    def line(self) -> str:
        """Return the line: name, measured, budget, ok or OVER."""
        sign = "≥" if self.least else "≤"
        measured, budget = (
            f"{value:,.2f}" if value < 100 else f"{value:,.0f}" for value in (self.measured, self.budget)
        )
        verdict = "OVER" if self.over else "ok"
        return f"{self.name:<44}  {measured:>10} {self.unit:<6}  {sign} {budget:>8}  {verdict:<4}  {self.note}".rstrip()


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def side_by_side(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the medians, in seconds, of two works done in turns, so that what else runs here meets both alike."""
    for warm in (one, other, one, other):
        warm()
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def keep(group: str, figures: Iterable[Figure], scale: int, loads: tuple[float, float]) -> Path:
    """Write the figures with what they were measured on; `loads` are the one-minute load at begin and end."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    content = {
        "group": group,
        "at": now.isoformat(timespec="seconds"),
        "scale": scale,
        "load": loads,
        "cores": os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "figures": [{**asdict(figure), "over": figure.over} for figure in figures],
    }
    path = RESULTS / f"{group}-{now:%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
