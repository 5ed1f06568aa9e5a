"""What every action on one duty begins and ends with: it is there, it is allowed, it is locked; a remark, a notice."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import Derivation
from arasha.obligations import policy, queries, rules
from arasha.obligations.models import Obligation, Remark

LONGEST_WORDS = 20_000


class ObligationNotFound(LookupError):
    """There is no such obligation for this actor."""


class AnsweredElsewhere(policy.NotAllowed):
    """The duty is answered on a page of its own (a referral, a question): here nothing can be said of it."""


class TooLong(ValueError):
    """More words than are kept with an obligation."""


class NotPossibleNow(Exception):
    """It can't be done to the duty as it stands: somebody was faster. `obligation` says how it stands."""

    def __init__(self, obligation: Obligation) -> None:
        super().__init__(str(obligation.id))
        self.obligation = obligation


@dataclass(frozen=True)
class Why:
    """What is done to a duty besides meeting it, for which reason, in which words."""

    kind: rules.Said
    reason: str = ""
    words: str = ""

    @classmethod
    def checked(cls, kind: rules.Said, reason: str, words: str) -> "Why":
        """Take a reason that somebody gave. Raises ReasonMissing, TooLong."""
        rules.check_reason(kind, reason, words)
        return cls(kind, reason, words)

    def __post_init__(self) -> None:
        if len(self.words) > LONGEST_WORDS:
            raise TooLong


def hold(
    actor: Actor,
    obligation: UUID,
    allowed: Callable[[Actor, Obligation], bool],
    refusal: type[policy.NotAllowed] = policy.NotAllowed,
) -> Obligation:
    """Return the duty, locked until the transaction ends.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor may not do this with it; `refusal` says how that is called.
    """
    seen = policy.visible_to(actor).filter(pk=obligation).first()
    if seen is None:
        raise ObligationNotFound
    if not allowed(actor, seen):
        raise refusal
    return Obligation.objects.select_for_update(of=("self",)).get(pk=obligation)


def next_state(obligation: Obligation, event: rules.Event) -> rules.State:
    """Return the state after the event. Raises NotPossibleNow."""
    try:
        return rules.after(rules.State(obligation.state), event)
    except rules.TransitionForbidden as forbidden:
        raise NotPossibleNow(obligation) from forbidden


def require_here(obligation: Obligation, protocol: str, *, elsewhere: bool = False) -> None:
    """Raise AnsweredElsewhere for a duty that has a page of its own, unless that page's action asks."""
    if not elsewhere and queries.answered_at(obligation, protocol):
        raise AnsweredElsewhere


def codes_of(obligation: Obligation, **more: Any) -> dict[str, Any]:
    """Return the codes of an act on a duty: which, whose, how it stands, until when."""
    return {
        "facet": Facet.OBLIGATIONS,
        "obligation": str(obligation.id),
        "unit": obligation.unit_id,
        "state": str(obligation.state),
        "due_at": obligation.due_now.isoformat(),
        **more,
    }


def end(obligation: Obligation, now: datetime, **more: Any) -> None:
    """Write that a duty, whose new state is set, ends without being met."""
    write(
        obligation,
        state=str(obligation.state),
        ended_at=now,
        next_check_at=None,
        asked_until=None,
        suspended_at=None,
        suspended_until=None,
        **more,
    )


def write(obligation: Obligation, **values: Any) -> None:
    """Write these columns of a duty."""
    for name, value in values.items():
        setattr(obligation, name, value)
    obligation.save(update_fields=list(values))


def note(actor: Actor, obligation: Obligation, why: Why, *, now: datetime, until: datetime | None = None) -> Remark:
    """Keep what was done to a duty, the words sealed under the file in which they are said."""
    row, text = uuid4(), why.words.strip()
    place = queries.place_of(obligation.dossier_id, Remark)
    return Remark.objects.create(
        id=row,
        obligation=obligation,
        dossier_id=obligation.dossier_id,
        kind=why.kind.value,
        reason=why.reason,
        until=until,
        at=now,
        unit_id=actor.unit_id,
        post_id=actor.post_id,
        text=seal_text(text, row=row, **place) if text else None,
    )


def tell(actor: Actor, obligation: Obligation, units: Collection[int | None], code: str, now: datetime) -> None:
    """Let units know, but not the one that acts: it knows."""
    others = {unit for unit in units if unit is not None and unit != actor.unit_id}
    if others:
        link = queries.link(obligation.id)
        notify(actor=actor, units=sorted(others), dossier=obligation.dossier_id, code=code, link=link, now=now)


def moments_of(obligation: Obligation) -> rules.Moments:
    """Return what counts for the duty now."""
    return rules.Moments(
        Derivation.from_json(obligation.derivation),
        obligation.due_now,
        obligation.extended_to,
        [rules.Planned.from_json(codes) for codes in obligation.ladder],
    )


def columns_of(moments: rules.Moments) -> Mapping[str, Any]:
    """Return the columns that keep the moments."""
    return {
        "derivation": moments.derivation.to_json(),
        "due_now": moments.due_now,
        "extended_to": moments.extended_to,
        "ladder": [planned.to_json() for planned in moments.ladder],
    }


def check_from(obligation: Obligation, state: rules.State, moments: rules.Moments) -> datetime | None:
    """Return when the sweeper must look at the duty again."""
    open_until = moments.due_now if state is rules.State.OPEN else None
    return rules.next_check(moments.ladder, queries.rungs_done(obligation), open_until)
