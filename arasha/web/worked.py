"""Children of the demonstration whose cases are worked: each page of a file has something to show.

A room of `web` alone, beside `story`: what happens when stands in `data/demonstration_worked.yaml`, and how it is done
in `deeds`. Everything goes through the actions that people use, in the order of time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from arasha.kernel.worktime.queries import domain_now
from arasha.signals.actions import Report, open_case_from, report_signal
from arasha.web.deeds import DEEDS
from arasha.web.play import LEADS, Play, enter_service
from arasha.web.stage import Stage

TELLS = "psychologist"


@dataclass
class Worked:
    """The children of the plan, whose days are put into a stage's queue."""

    stage: Stage
    plan: Mapping[str, Any]

    def begin(self) -> None:
        """Put everything into the queue: who gives help, each child's days, and what belongs to no child.

        Children who would have come before the clock began are left out.
        """
        by_login = {seat.login: seat for seat in reversed(self.stage.seats)}
        length = (self.stage.until - domain_now()) / timedelta(days=1)
        children = [child for child in self.plan["children"] if child["days"] + 1 < length]
        first = max((child["days"] for child in children), default=0)
        shelf = Play(self.stage, by_login, self.plan["place"])
        self.stage.later(self._before(first + 1), partial(self._open_services, shelf))
        for child in children:
            play = Play(self.stage, by_login, self.plan["place"], services=shelf.services)
            self.stage.later(self._before(child["days"]), partial(self._come, play, child))
            self._follow(play, child["deeds"])
        self._follow(shelf, [said for said in self.plan["elsewhere"] if said["days"] < length])

    def _before(self, days: float) -> datetime:
        return self.stage.until - timedelta(days=days)

    def _follow(self, play: Play, deeds: list[Mapping[str, Any]]) -> None:
        for said in deeds:
            given = {name: value for name, value in said.items() if name not in {"days", "do"}}
            self.stage.later(self._before(said["days"]), partial(self._do, play, str(said["do"]), given))

    def _do(self, play: Play, deed: str, given: Mapping[str, Any]) -> None:
        with transaction.atomic():
            DEEDS[deed](play, **given)

    def _open_services(self, shelf: Play) -> None:
        for said in self.plan["services"]:
            with transaction.atomic():
                enter_service(shelf, **said)

    def _come(self, play: Play, child: Mapping[str, Any]) -> None:
        """Let the school tell of a child, and the coordinator open the case."""
        told = Report(
            door="school",
            territory=self.plan["place"],
            concerns=child["concerns"],
            safe_now=child.get("safe_now", "unknown"),
            suspect_has_access="unknown",
            child_called=child["called"],
            child_age=child["age"],
            child_sex=child["sex"],
            narrative=child["narrative"],
        )
        with transaction.atomic():
            signal = report_signal(actor=play.acting(TELLS), report=told, now=domain_now())
        with transaction.atomic():
            case = open_case_from(actor=play.acting(LEADS), signal=signal.pk, now=domain_now())
        play.dossier = case.dossier_id
