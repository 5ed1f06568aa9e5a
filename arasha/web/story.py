"""Weeks of made-up work in the demonstration's regions, played through the actions that people use.

A room of `web` alone, beside `demonstration`: it acts as many people one after another. One seed gives one story, as
far as the order of its moments goes. What people do is put into a queue by its moment; the training clock goes from one
to the next, and silence climbs between.
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
from uuid import UUID

from django.db import transaction

from arasha.cases import actions as cases
from arasha.kernel.access.actions import begin_session, end_session, enter, system
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.actions import set_clock
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead, domain_now
from arasha.obligations import actions as obligations
from arasha.obligations import policy
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED
from arasha.obligations.tasks import sweep
from arasha.protocols.queries import version
from arasha.signals import actions as signals
from arasha.signals.actions import Report
from arasha.web.actions import Seat

Deed = Callable[[], None]
SWEPT = timedelta(hours=3)
# Somebody else was faster, or may not any more: in life, too, such a click does nothing.
PASSED_OVER = (
    obligations.NotPossibleNow,
    obligations.ObligationNotFound,
    obligations.NoLaterMoment,
    policy.NotAllowed,
    signals.CannotBecome,
    signals.SignalNotFound,
    cases.FileNotThere,
)
CONCERNS = ["physical"] * 5 + ["neglect"] * 5 + ["psychological"] * 3 + ["witnessing"] * 2
CONCERNS += ["bullying"] * 2 + ["sexual", "self_harm"]
CLOSINGS = ["advice", "no_action", "known", "mistaken", "elsewhere"]


def begin(seat: Seat) -> str:
    """Begin a session in which a made-up person acts; returns its token."""
    token = secrets.token_urlsafe()
    expires = domain_now() - clock_ahead() + timedelta(hours=4)  # sessions end by the real clock
    begin_session(user_id=seat.account.user_id, token=token, expires_at=expires)
    return token


@dataclass
class Story:
    """The seats, the phrases, what is still to come, and what has happened."""

    seats: Sequence[Seat]
    plan: Mapping[str, Any]
    until: datetime
    chance: random.Random = field(init=False)
    queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    tokens: dict[int, str] = field(default_factory=dict)
    known: set[UUID] = field(default_factory=set)
    opened: dict[str, list[UUID]] = field(default_factory=dict)
    told: int = 0
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

    def play(self) -> Iterator[str]:
        """Play it to its end; yields how far it is, once for each week of the story."""
        began, files = domain_now(), self.plan["files"]
        length = (self.until - began).total_seconds()
        for _file in range(files):
            self._later(began + timedelta(seconds=self.chance.uniform(0, length)), self._report)
        swept = week = began
        while self.queue:
            moment, _number, deed = heapq.heappop(self.queue)
            if moment >= self.until:
                continue
            swept = self._to(moment, swept)
            with suppress(*PASSED_OVER):
                deed()
            if moment - week >= timedelta(weeks=1):
                week = moment
                yield f"{self.told} of {files} made-up reports told"
        self._to(self.until, swept - SWEPT)
        for token in self.tokens.values():
            end_session(token=token)

    def _to(self, moment: datetime, swept: datetime) -> datetime:
        """Move the clock, and let silence climb when it was not looked at for a while; returns when it was."""
        now = domain_now()
        if moment > now:
            set_clock(to=moment, actor=INSTALLATION, now=now)
        if moment - swept < SWEPT:
            return swept
        sweep(domain_now())
        return moment

    def _later(self, moment: datetime, deed: Deed) -> None:
        heapq.heappush(self.queue, (moment, next(self.numbers), deed))

    def _hours(self, least: float, most: float) -> datetime:
        return domain_now() + timedelta(hours=self.chance.uniform(least, most))

    def _as(self, seat: Seat) -> Actor:
        """Act as somebody until the transaction ends."""
        user = seat.account.user_id
        if user not in self.tokens:
            self.tokens[user] = begin(seat)
        return enter(self.tokens[user], seat.post_id)

    def _seat(self, function: str, place: str) -> Seat | None:
        return self.by_unit.get(self.serving.get((function, place), 0))

    def _report(self) -> None:
        """Somebody of a clinic or school tells of a child."""
        place = self.chance.choice(self.districts)
        door, function = self.chance.choice(
            [("health", "health_care"), ("health", "health_care"), ("school", "education_school")]
        )
        reporter = self._seat(function, place)
        if reporter is None:
            return
        with transaction.atomic():
            actor = self._as(reporter)
            signal = signals.report_signal(actor=actor, report=self._words(door, place), now=domain_now())
        self.told += 1
        self._expect(signal.dossier_id)
        if self.chance.random() < 0.94:
            late = self.chance.random() < 0.12
            self._later(self._hours(20, 70) if late else self._hours(0.3, 7), lambda: self._decide(signal.pk, place))

    def _words(self, door: str, place: str) -> Report:
        concern = self.chance.choice(CONCERNS)
        girl, age = self.chance.random() < 0.52, self.chance.choice([*range(18), *range(7, 17)])
        first = self.chance.choice(self.plan["girls" if girl else "boys"])
        surname = self.chance.choice(self.plan["surnames"])
        named = self.chance.random()
        called = "" if named < 0.2 else first if named < 0.5 else f"{first} {surname if girl else surname[:-1]}"
        danger = concern in {"sexual", "self_harm"} or self.chance.random() < 0.15
        through = door == "health" and self.chance.random() < 0.4
        return Report(
            door=door,
            territory=place,
            concerns=[concern, *(["psychological"] if concern == "physical" and self.chance.random() < 0.3 else [])],
            safe_now="no" if danger else self.chance.choice(["yes", "unknown", "unknown"]),
            suspect_has_access="yes" if danger else self.chance.choice(["no", "unknown"]),
            child_called=called,
            child_age=None if self.chance.random() < 0.08 else age,
            child_sex="girl" if girl else "boy",
            narrative=self.chance.choice(self.plan["narratives"][concern]),
            whereabouts=self.chance.choice(self.plan["whereabouts"]),
            school=self.serving.get(("education_school", place)) if age > 5 and self.chance.random() < 0.7 else None,
            clinic=self.serving.get(("health_care", place)) if self.chance.random() < 0.5 else None,
            way="through_head" if through else "direct",
        )

    def _decide(self, signal: UUID, place: str) -> None:
        """The district's coordinator opens a case, joins one, only takes it, or closes it."""
        lead, fate = self._seat("coordination_district", place), self.chance.random()
        if lead is None:
            return
        cases_here = self.opened.setdefault(place, [])
        with transaction.atomic():
            actor, now = self._as(lead), domain_now()
            if fate < 0.12:
                signals.close_signal(actor=actor, signal=signal, closing=self.chance.choice(CLOSINGS), now=now)
                return
            if fate < 0.2:
                signals.take_signal(actor=actor, signal=signal, now=now)
                self._later(self._hours(4, 90), lambda: self._decide(signal, place))
                return
            if fate < 0.25 and cases_here:
                signals.join_signal(actor=actor, signal=signal, case=self.chance.choice(cases_here), now=now)
                return
            case = signals.open_case_from(actor=actor, signal=signal, now=now)
        cases_here.append(case.pk)
        self._follow(case.dossier_id, lead)

    def _follow(self, dossier: UUID, lead: Seat) -> None:
        """What a lead puts down in the first days: safety, the child's words, risk."""
        if self.chance.random() < 0.8:
            self._later(self._hours(2, 40), lambda: self._judge(dossier, lead))
        if self.chance.random() < 0.5:
            self._later(self._hours(10, 120), lambda: self._hear(dossier, lead))

    def _judge(self, dossier: UUID, lead: Seat) -> None:
        state = self.chance.choice(["safe", "safe", "safe", "unsafe", "unknown"])
        seen = "not_seen" if state == "unknown" else self.chance.choice(["alone", "with_others"])
        with transaction.atomic():
            actor, now = self._as(lead), domain_now()
            why = self.chance.choice(self.plan["reasons_why"])
            where = self.chance.choice(["home", "relatives", "school", "clinic"])
            seen_at = None if seen == "not_seen" else now - timedelta(hours=1)
            given: dict[str, Any] = {"state": state, "where": where, "seen": seen, "why": why, "seen_at": seen_at}
            cases.judge_safety(actor=actor, dossier=dossier, now=now, **given)
            level = self.chance.choice(["low", "medium", "medium", "high", "very_high"])
            cases.judge_risk(
                actor=actor, dossier=dossier, level=level, again_on=(now + timedelta(days=14)).date(), now=now
            )
        if state == "unsafe":
            self._later(self._hours(20, 60), lambda: self._judge(dossier, lead))

    def _hear(self, dossier: UUID, lead: Seat) -> None:
        with transaction.atomic():
            actor, now = self._as(lead), domain_now()
            how, words = (
                ("silent", "") if self.chance.random() < 0.3 else ("said", self.chance.choice(self.plan["words"]))
            )
            said: dict[str, Any] = {"how": how, "where": "school", "said_at": now - timedelta(hours=1), "words": words}
            cases.keep_words(actor=actor, dossier=dossier, now=now, **said)

    def _expect(self, raised_in: UUID) -> None:
        """Decide what becomes of each duty that has just arisen from a report or an answer."""
        with system("demonstration"):
            rows = Obligation.objects.filter(raised_in=raised_in, state__in=[state.value for state in OWED])
            new = [row for row in rows.order_by("due_now", "step") if row.pk not in self.known and row.unit_id]
        for row in new:
            self.known.add(row.pk)
            self._plan(row)

    def _plan(self, row: Obligation) -> None:
        fate, left = self.chance.random(), (row.due_now - domain_now()).total_seconds() / 3600
        if fate < 0.72:
            self._later(self._hours(0.1 * left, 0.95 * left), lambda: self._meet(row.pk))
        elif fate < 0.86:
            self._later(self._hours(left + 1, left + 80), lambda: self._meet(row.pk))
        elif fate < 0.91:
            self._later(self._hours(0.6 * left, 0.9 * left), lambda: self._ask(row.pk))
        elif fate < 0.94:
            self._later(self._hours(0.1 * left, 0.5 * left), lambda: self._decline(row.pk))

    def _holder(self, duty: UUID) -> tuple[Obligation, Seat] | None:
        with system("demonstration"):
            row = Obligation.objects.filter(pk=duty).first()
        seat = self.by_unit.get(row.unit_id) if row and row.unit_id else None
        return (row, seat) if row and seat else None

    def _meet(self, duty: UUID) -> None:
        found = self._holder(duty)
        if found is None:
            return
        row, seat = found
        outcomes = version(row.protocol_id).step(row.step).outcomes
        outcome = self.chance.choice(outcomes).code if outcomes else ""
        answer = self.chance.choice(self.plan["answers"])
        with transaction.atomic():
            actor = self._as(seat)
            obligations.meet(actor=actor, obligation=duty, answer=answer, outcome=outcome, now=domain_now())
        self._expect(row.dossier_id)

    def _ask(self, duty: UUID) -> None:
        """Ask for more time; whoever leads gives it a few hours later, and then it is done."""
        found = self._holder(duty)
        if found is None:
            return
        row, seat = found
        until = row.due_now + timedelta(days=3)
        with transaction.atomic():
            given: dict[str, Any] = {"until": until, "reason": "child_away", "words": self.plan["longer"]}
            obligations.ask_for_time(actor=self._as(seat), obligation=duty, now=domain_now(), **given)
        lead = self._seat("coordination_district", row.territory)
        if lead is not None and lead.unit_id != row.unit_id:
            self._later(self._hours(1, 9), lambda: self._grant(duty, until, lead))
        self._later(self._hours(10, 60), lambda: self._meet(duty))

    def _grant(self, duty: UUID, until: datetime, lead: Seat) -> None:
        with transaction.atomic():
            obligations.grant_time(actor=self._as(lead), obligation=duty, until=until, now=domain_now())

    def _decline(self, duty: UUID) -> None:
        found = self._holder(duty)
        if found is None:
            return
        row, seat = found
        with transaction.atomic():
            given = {"reason": "other_place", "words": self.plan["declined"]}
            passed = obligations.decline(actor=self._as(seat), obligation=duty, now=domain_now(), **given)
        self._expect(passed.raised_in or row.dossier_id)
