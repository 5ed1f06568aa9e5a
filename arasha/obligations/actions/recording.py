"""What is done to one duty besides meeting it or passing it on: an act, a remark with its reason, and who must know."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations import queries
from arasha.obligations.actions.holding import Why, codes_of, note, tell
from arasha.obligations.models import Obligation
from arasha.obligations.rules import Said

# The verb of the journal, and the notice to those who must know.
DONE: Final[Mapping[Said, tuple[str, str]]] = {
    Said.ASKED: ("ask_extension", "time_asked"),
    Said.GRANTED: ("grant_extension", "time_granted"),
    Said.REFUSED: ("refuse_extension", "time_refused"),
    Said.SUSPENDED: ("suspend_obligation", "duty_suspended"),
    Said.RESUMED: ("resume_obligation", "duty_resumed"),
    Said.WAIVED: ("waive_obligation", "duty_waived"),
    Said.SUPERSEDED: ("supersede_obligation", "duty_superseded"),
    Said.REOPENED: ("reopen_obligation", "duty_reopened"),
}


@contextmanager
def recorded(
    actor: Actor,
    row: Obligation,
    why: Why,
    now: datetime,
    *,
    until: datetime | None = None,
    told: Collection[int | None] | None = None,
    **codes: Any,
) -> Iterator[None]:
    """Make what the block writes one act on a held duty, and keep why; `told` hear of it.

    Without `told`, the unit that owes the duty and those who supervise it do. `codes` stand in the act beside which
    duty it is and how it stands when the block begins.
    """
    verb, notice = DONE[why.kind]
    given = {"reason": why.reason, "until": until} | codes
    said = codes_of(row, **{name: value for name, value in given.items() if value})
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=said):
        yield
        note(actor, row, why, now=now, until=until)
        hear = {row.unit_id, *queries.supervising_units(row)} if told is None else told
        tell(actor, row, hear, notice, now)
