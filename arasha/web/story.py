"""Weeks of made-up work in the demonstration's regions, played through the actions that people use.

A room of `web` alone, beside `demonstration`: it acts as many people one after another. One seed gives one story, as
far as the order of its moments goes. What people do is put into a queue by its moment; the training clock goes from one
to the next, and silence climbs between.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from arasha.cases import actions as cases
from arasha.cases.models import Case
from arasha.cases.queries import risk_of
from arasha.cases.rules import RiskSaid
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations import actions as obligations
from arasha.obligations import policy
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED
from arasha.people.actions import AllegationNotThere, PersonNotThere
from arasha.plans import actions as plans
from arasha.protocols.queries import version
from arasha.signals import actions as signals
from arasha.web.actions import Seat
from arasha.web.families import Family, allege
from arasha.web.handed_in import hand_in, known_children
from arasha.web.reports import report_of
from arasha.web.stage import Stage

# Somebody else was faster, or may not any more: in life, too, such a click does nothing.
PASSED_OVER = (
    obligations.NotPossibleNow,
    obligations.ObligationNotFound,
    obligations.NoLaterMoment,
    policy.NotAllowed,
    signals.CannotBecome,
    signals.SignalNotFound,
    cases.FileNotThere,
    PersonNotThere,
    AllegationNotThere,
)
CLOSINGS = ["advice", "no_action", "known", "mistaken", "elsewhere"]


@dataclass
class Story(Stage):
    """What has happened so far, and how it goes on."""

    known: set[UUID] = field(default_factory=set)
    opened: dict[str, list[UUID]] = field(default_factory=dict)
    told: int = 0

    def play(self) -> Iterator[str]:
        """Play it to its end; yields how far it is, once for each week of the story."""
        began, files = domain_now(), self.plan["files"]
        length = (self.until - began).total_seconds()
        for _file in range(files):
            self.later(began + timedelta(seconds=self.chance.uniform(0, length)), self._report)
        week = began
        for moment in self.run(PASSED_OVER):
            if moment - week >= timedelta(weeks=1):
                week = moment
                yield f"{self.told} of {files} made-up reports told"
        with suppress(*PASSED_OVER):
            self._hand_in()
        self.leave()

    def _hand_in(self) -> None:
        """The education department of the place where most people look first hands in its register of pupils."""
        place = self.plan["often"]
        lead, department = self._seat("coordination_district", place), self._seat("education_department", place)
        if lead is None or department is None:
            return
        with transaction.atomic():
            self.acting(lead)
            known = known_children([case.dossier_id for case in Case.objects.filter(pk__in=self.opened.get(place, []))])
        with transaction.atomic():
            given: dict[str, Any] = {"plan": self.plan, "chance": self.chance, "known": known, "now": domain_now()}
            hand_in(actor=self.acting(department), **given)

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
            actor = self.acting(reporter)
            signal = signals.report_signal(actor=actor, report=report_of(self, door, place), now=domain_now())
        self.told += 1
        self._expect(signal.dossier_id)
        if self.chance.random() < 0.94:
            late = self.chance.random() < 0.12
            self.later(self._hours(20, 70) if late else self._hours(0.3, 7), lambda: self._decide(signal.pk, place))

    def _decide(self, signal: UUID, place: str) -> None:
        """The district's coordinator opens a case, joins one, only takes it, or closes it."""
        lead, fate = self._seat("coordination_district", place), self.chance.random()
        if lead is None:
            return
        cases_here = self.opened.setdefault(place, [])
        with transaction.atomic():
            actor, now = self.acting(lead), domain_now()
            if fate < 0.12:
                signals.close_signal(actor=actor, signal=signal, closing=self.chance.choice(CLOSINGS), now=now)
                return
            if fate < 0.2:
                signals.take_signal(actor=actor, signal=signal, now=now)
                self.later(self._hours(4, 90), lambda: self._decide(signal, place))
                return
            if fate < 0.25 and cases_here:
                signals.join_signal(actor=actor, signal=signal, case=self.chance.choice(cases_here), now=now)
                return
            case = signals.open_case_from(actor=actor, signal=signal, now=now)
        cases_here.append(case.pk)
        self._follow(case.dossier_id, lead, place)

    def _follow(self, dossier: UUID, lead: Seat, place: str) -> None:
        """What a lead puts down in the first days: safety, the child's words, risk, the family."""
        if self.chance.random() < 0.8:
            self.later(self._hours(2, 40), lambda: self._judge(dossier, lead))
        if self.chance.random() < 0.5:
            self.later(self._hours(10, 120), lambda: self._hear(dossier, lead))
        if self.chance.random() < 0.5:
            self.later(self._hours(3, 60), lambda: self._family(dossier, lead, place))

    def _family(self, dossier: UUID, lead: Seat, place: str) -> None:
        """A lead writes down the child's family; an inspector of the file, of whom it is said that they have harmed."""
        with transaction.atomic():
            actor = self.acting(lead)
            family = Family(actor, dossier, domain_now(), self.chance, self.plan)
            school = self.serving.get(("education_school", place)) if self.chance.random() < 0.7 else None
            family.write(school=school)
        inspector = self._seat("juvenile_inspection", place)
        if inspector is not None and self.chance.random() < 0.6:
            self.later(self._hours(2, 40), lambda: self._allege(dossier, inspector))

    def _allege(self, dossier: UUID, inspector: Seat) -> None:
        with transaction.atomic():
            given: dict[str, Any] = {"chance": self.chance, "plan": self.plan, "now": domain_now()}
            allege(actor=self.acting(inspector), dossier=dossier, **given)

    def _judge(self, dossier: UUID, lead: Seat) -> None:
        state = self.chance.choice(["safe", "safe", "safe", "unsafe", "unknown"])
        seen = "not_seen" if state == "unknown" else self.chance.choice(["alone", "with_others"])
        with transaction.atomic():
            actor, now = self.acting(lead), domain_now()
            why = self.chance.choice(self.plan["reasons_why"])
            where = self.chance.choice(["home", "relatives", "school", "clinic"])
            seen_at = None if seen == "not_seen" else now - timedelta(hours=1)
            given: dict[str, Any] = {"state": state, "where": where, "seen": seen, "why": why, "seen_at": seen_at}
            cases.judge_safety(actor=actor, dossier=dossier, now=now, **given)
            level = self.chance.choice(["low", "medium", "medium", "high", "very_high"])
            last = risk_of(dossier)
            said = RiskSaid(level, override="knows_more", over=last.pk if last else None)
            plans.judge_risk(actor=actor, dossier=dossier, said=said, now=now)
        if state == "unsafe":
            self.later(self._hours(20, 60), lambda: self._judge(dossier, lead))

    def _hear(self, dossier: UUID, lead: Seat) -> None:
        with transaction.atomic():
            actor, now = self.acting(lead), domain_now()
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
            self.later(self._hours(0.1 * left, 0.95 * left), lambda: self._meet(row.pk))
        elif fate < 0.86:
            self.later(self._hours(left + 1, left + 80), lambda: self._meet(row.pk))
        elif fate < 0.91:
            self.later(self._hours(0.6 * left, 0.9 * left), lambda: self._ask(row.pk))
        elif fate < 0.94:
            self.later(self._hours(0.1 * left, 0.5 * left), lambda: self._decline(row.pk))
        elif fate < 0.97:
            self.later(self._hours(0.2 * left, 0.9 * left), lambda: self._supervise(row.pk))

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
            actor = self.acting(seat)
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
            obligations.ask_for_time(actor=self.acting(seat), obligation=duty, now=domain_now(), **given)
        lead = self._seat("coordination_district", row.territory)
        if lead is not None and lead.unit_id != row.unit_id:
            given_time = self.chance.random() < 0.7
            deed = partial(self._grant, duty, until, lead) if given_time else partial(self._refuse, duty, lead)
            self.later(self._hours(1, 9), deed)
        self.later(self._hours(10, 60), lambda: self._meet(duty))

    def _grant(self, duty: UUID, until: datetime, lead: Seat) -> None:
        with transaction.atomic():
            obligations.grant_time(actor=self.acting(lead), obligation=duty, until=until, now=domain_now())

    def _refuse(self, duty: UUID, lead: Seat) -> None:
        with transaction.atomic():
            given = {"reason": "child_can_not_wait", "words": self.plan["refused"]}
            obligations.refuse_time(actor=self.acting(lead), obligation=duty, now=domain_now(), **given)

    def _supervise(self, duty: UUID) -> None:
        """The coordinator lets a duty's time stand still, or lets it go."""
        found = self._holder(duty)
        lead = self._seat("coordination_district", found[0].territory) if found else None
        if found is None or lead is None or lead.unit_id == found[0].unit_id:
            return
        with transaction.atomic():
            actor, now = self.acting(lead), domain_now()
            if self.chance.random() < 0.4:
                words = self.plan["waived"]
                obligations.waive(actor=actor, obligation=duty, reason="done_otherwise", words=words, now=now)
                return
            until = now + timedelta(days=self.chance.choice([2, 5, 12]))
            obligations.suspend(actor=actor, obligation=duty, until=until, reason="in_hospital", now=now)
        self.later(until + timedelta(hours=6), lambda: self._meet(duty))

    def _decline(self, duty: UUID) -> None:
        found = self._holder(duty)
        if found is None:
            return
        row, seat = found
        with transaction.atomic():
            given = {"reason": "other_place", "words": self.plan["declined"]}
            passed = obligations.decline(actor=self.acting(seat), obligation=duty, now=domain_now(), **given)
        self._expect(passed.raised_in or row.dossier_id)
