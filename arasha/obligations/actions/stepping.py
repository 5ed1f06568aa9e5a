"""The next step of an obligation whose moment has passed, worked out rung by rung before anything is written."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import uuid4

from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.rules import checked_codes, checked_verb
from arasha.kernel.messages.actions import NewNotice
from arasha.obligations import queries, rules
from arasha.obligations.models import Escalation, Obligation


class Step:
    """What becomes of one claimed obligation: it falls due, or silence reaches the next rung, or both.

    Raises TransitionForbidden when it is met.
    """

    def __init__(self, obligation: Obligation, finder: queries.Finder) -> None:
        """Begin with nothing tried."""
        self.obligation, self.finder = obligation, finder
        state = rules.State(obligation.state)
        self.falls_due = state is rules.State.OPEN and obligation.due_now < finder.at
        self.state = rules.after(state, rules.Event.FALL_DUE if self.falls_due else rules.Event.CLIMB)
        earlier = list(obligation.escalations.all())
        self.done = {row.rung for row in earlier}
        self.taken = {row.unit_id for row in earlier if row.outcome == rules.Outcome.TOLD} | {obligation.unit_id}
        self.ladder = [rules.Planned.from_json(codes) for codes in obligation.ladder]
        self.due = rules.due_rungs(self.ladder, self.done, finder.at)
        self.tried: list[Escalation] = []

    @property
    def told(self) -> Escalation | None:
        """The rung that hears of the silence, None as long as each was passed over."""
        return next((row for row in self.tried if row.outcome == rules.Outcome.TOLD), None)

    @property
    def waiting(self) -> rules.Planned | None:
        """The rung to be tried next; None when one was told or there is none left whose turn it is."""
        return None if self.told or len(self.tried) == len(self.due) else self.due[len(self.tried)]

    def take(self, planned: rules.Planned) -> None:
        """Note what becomes of a rung. Facts are dated when they became due; the moment of noticing stands beside."""
        found = self.finder.rung(self.obligation, planned.function)
        outcome = rules.Outcome.SAME if found.unit and found.unit.id in self.taken else found.outcome
        self.tried.append(
            Escalation(
                id=uuid4(),
                obligation=self.obligation,
                dossier_id=self.obligation.dossier_id,
                rung=planned.rung,
                outcome=outcome.value,
                unit=found.unit if outcome is rules.Outcome.TOLD else None,
                fell_due_at=self.due[0].at,
                noticed_at=self.finder.at,
            )
        )

    def to_json(self) -> dict[str, Any]:
        """Return what `obligations.apply_sweep` writes down."""
        still_open = self.obligation.due_now if self.state is rules.State.OPEN else None
        done = {*self.done, *(row.rung for row in self.tried)}
        next_check = rules.next_check(self.ladder, done, still_open)
        return {
            "id": str(self.obligation.id),
            "verb": checked_verb("obligation_overdue" if self.falls_due else "escalate_obligation"),
            "codes": checked_codes(self._codes()),
            "state": self.state.value,
            "rung": self.told.rung if self.told else self.obligation.rung,
            "next_check_at": next_check.isoformat() if next_check else None,
            "told": self.told.unit_id if self.told else None,
            "tried": [
                {"id": str(row.id), "noticed_at": row.noticed_at.isoformat(), **_codes(row)} for row in self.tried
            ],
        }

    def notices(self) -> Iterator[NewNotice]:
        """Give what the unit that is told hears, and the one that owes when it falls due."""
        heard = [(self.told.unit_id, "duty_escalated")] if self.told else []
        if self.falls_due:
            heard.append((self.obligation.unit_id, "duty_overdue"))
        for unit, code in heard:
            if unit is not None:
                link = queries.link(self.obligation.id)
                yield NewNotice(code, link, units=(unit,), dossier=self.obligation.dossier_id)

    def _codes(self) -> dict[str, Any]:
        return {
            "facet": Facet.OBLIGATIONS,
            "obligation": self.obligation.id,
            "unit": self.obligation.unit_id,
            "due_at": self.obligation.due_now,
            "rungs": [_codes(row) for row in self.tried],
        }


def worked_out(obligations: Collection[Obligation], finder: queries.Finder) -> list[Step]:
    """Return the next step of each obligation. Rung after rung is asked about for all together."""
    steps = [Step(obligation, finder) for obligation in obligations]
    while waiting := [(step, planned) for step in steps if (planned := step.waiting)]:
        finder.foresee([(step.obligation, planned.function) for step, planned in waiting])
        for step, planned in waiting:
            step.take(planned)
    return steps


def _codes(row: Escalation) -> dict[str, Any]:
    return {
        "rung": row.rung,
        "outcome": str(row.outcome),
        "unit": row.unit_id,
        "fell_due_at": row.fell_due_at.isoformat(),
    }
