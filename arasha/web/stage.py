"""What a story is played on: the people in their posts, the training clock, and what is still to come.

A room of `web` alone, beneath `story`: it acts as many people one after another, each with a session of their own.
"""

import heapq
import random
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from arasha.kernel.access.actions import begin_session, end_session, enter, system
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.actions import set_clock
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead, domain_now
from arasha.obligations.tasks import resume, sweep
from arasha.web.actions import Seat

Deed = Callable[[], None]
SWEPT = timedelta(hours=3)


def begin(seat: Seat) -> str:
    """Begin a session in which a made-up person acts; returns its token."""
    token = secrets.token_urlsafe()
    expires = domain_now() - clock_ahead() + timedelta(hours=4)  # sessions end by the real clock
    begin_session(user_id=seat.account.user_id, token=token, expires_at=expires)
    return token


@dataclass
class Stage:
    """The seats, the phrases, and a queue of what will happen when."""

    seats: Sequence[Seat]
    plan: Mapping[str, Any]
    until: datetime
    chance: random.Random = field(init=False)
    queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    tokens: dict[int, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Find who sits where and which unit does what in which district."""
        self.chance = random.Random(self.plan["seed"])  # noqa: S311 - a story, not a secret
        self.by_unit = {seat.unit_id: seat for seat in self.seats}
        with system("demonstration"):
            rows = UnitFunction.objects.filter(unit__in=self.by_unit).order_by("unit_id")
            self.serving = {(row.function_id, row.territory_id): row.unit_id for row in rows}
        self.districts = sorted(place for function, place in self.serving if function == "coordination_district")
        self.districts += [self.plan["often"]] * 3

    def run(self, passed_over: tuple[type[Exception], ...] = ()) -> Iterator[datetime]:
        """Let everything happen in its order up to the present; yields the moment of each deed.

        `passed_over`: what a deed may come to nothing by, as clicks do in life.
        """
        swept = domain_now()
        while self.queue:
            moment, _number, deed = heapq.heappop(self.queue)
            if moment >= self.until:
                continue
            swept = self._to(moment, swept)
            with suppress(*passed_over):
                deed()
            yield moment
        self._to(self.until, swept - SWEPT)

    def leave(self) -> None:
        """Let everybody go home: their sessions end."""
        for token in self.tokens.values():
            end_session(token=token)

    def _to(self, moment: datetime, swept: datetime) -> datetime:
        """Move the clock; let it do its own work when that was not done for a while; returns when it was."""
        now = domain_now()
        if moment > now:
            set_clock(to=moment, actor=INSTALLATION, now=now)
        if moment - swept < SWEPT:
            return swept
        resume(domain_now())
        sweep(domain_now())
        return moment

    def later(self, moment: datetime, deed: Deed) -> None:
        """Put down what will happen at a moment."""
        heapq.heappush(self.queue, (moment, next(self.numbers), deed))

    def _hours(self, least: float, most: float) -> datetime:
        return domain_now() + timedelta(hours=self.chance.uniform(least, most))

    def acting(self, seat: Seat) -> Actor:
        """Act as somebody until the transaction ends."""
        user = seat.account.user_id
        if user not in self.tokens:
            self.tokens[user] = begin(seat)
        return enter(self.tokens[user], seat.post_id)

    def _seat(self, function: str, place: str) -> Seat | None:
        return self.by_unit.get(self.serving.get((function, place), 0))
