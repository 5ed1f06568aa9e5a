"""Bodies and their units: made, changed, ended; functions given and ended."""

import uuid
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

from arasha.administration import queries
from arasha.administration.actions.calling import call
from arasha.administration.actions.telling import tell_administrators
from arasha.administration.policy import require_administration
from arasha.administration.rules import names
from arasha.administration.rules.proposals import EXPIRES
from arasha.kernel.access.models import Body, Function, Unit, UnitFunction
from arasha.kernel.access.rules import Actor, NotThere, Refused
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream, configuration_stream

LANGUAGES = ("kk", "ru", "en")
STREAM = configuration_stream("bodies")
INSTANT = timedelta(microseconds=1)


class CodeTaken(ValueError):
    """Another body or unit has this code."""


class UnitInvalid(ValueError):
    """The parts of a body or unit do not fit: hours, a parent that would supervise itself, dates."""


class StillPointed(Exception):
    """A unit can't end while this much still rests on it; `counts` are numbers by kind, never names."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        super().__init__(dict(counts))
        self.counts = counts


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a body is. Names are kk, ru, en."""

    names: tuple[str, str, str]
    sector: str
    kind: str
    territory: str
    valid_from: date
    protected: bool = False


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit is; without hours and not round the clock nobody has said when it is open."""

    names: tuple[str, str, str]
    territory: str
    valid_from: date
    parent: int | None = None
    around_the_clock: bool = False
    opens: time | None = None
    closes: time | None = None


def add_body(*, actor: Actor, now: datetime, code: str, facts: BodyFacts) -> int:
    """Make a body in the actor's territory; returns its number. Raises NotAllowed, NotThere, CodeTaken, NameInvalid."""
    require_administration(actor)
    if not names.is_code(code):
        raise names.NameInvalid
    with transaction.atomic(), journal.act(verb="add_body", stream=STREAM, now=now, codes={"code": code}):
        return _kept(lambda: Body.objects.create(code=code, **_body(facts)).pk)


def change_body(*, actor: Actor, now: datetime, body_id: int, facts: BodyFacts) -> None:
    """Change what a body is; its code stays. Raises NotAllowed, NotThere, NameInvalid."""
    require_administration(actor)
    with transaction.atomic(), _act("change_body", body_id, now):
        if not _kept(lambda: Body.objects.filter(pk=body_id).update(**_body(facts))):
            raise NotThere


def add_unit(*, actor: Actor, now: datetime, body_id: int, code: str, facts: UnitFacts) -> int:
    """Make a unit of a body; returns its number.

    Raises NotAllowed, NotThere, CodeTaken, UnitInvalid, NameInvalid.
    """
    require_administration(actor)
    if not names.is_code(code):
        raise names.NameInvalid
    values = _unit(facts, None)
    with transaction.atomic(), _act("add_unit", body_id, now, code=code):
        return _kept(lambda: Unit.objects.create(body_id=body_id, code=code, **values).pk)


def change_unit(*, actor: Actor, now: datetime, unit_id: int, facts: UnitFacts) -> None:
    """Change what a unit is; its code and body stay.

    Raises NotAllowed, NotThere, Refused for one's own unit, UnitInvalid, NameInvalid.
    """
    require_administration(actor)
    unit = _unit_of(actor, unit_id, now)
    values = _unit(facts, unit_id)
    with transaction.atomic(), _act("change_unit", unit.body_id, now, unit=unit_id):
        if not _kept(lambda: Unit.objects.filter(pk=unit_id).update(**values)):
            raise NotThere


def end_unit(*, actor: Actor, now: datetime, unit_id: int, on: date) -> None:
    """Let a unit be no more from a day on. Raises NotThere, Refused, StillPointed while anything rests on it."""
    require_administration(actor)
    unit = _unit_of(actor, unit_id, now)
    if on <= unit.valid_from:
        raise UnitInvalid
    counts = {kind: count for kind, count in queries.pointing(unit_id, now).items() if count}
    if counts:
        raise StillPointed(counts)
    with transaction.atomic(), _act("end_unit", unit.body_id, now, unit=unit_id, on=on):
        if not Unit.objects.filter(pk=unit_id).update(valid_to=on):
            raise NotThere


def give_function(
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    function: str,
    territory: str,
    since: datetime,
    until: datetime | None = None,
) -> uuid.UUID | None:
    """Give a unit a function in a territory; a sensitive one is only proposed, and the proposal's id is returned.

    Raises NotThere, Refused for one's own unit, Conflict when it has it already or it is proposed, UnitInvalid.
    """
    require_administration(actor)
    unit = _unit_of(actor, unit_id, now)
    if since < now or (until is not None and until <= since):
        raise UnitInvalid
    sensitive = Function.objects.values_list("sensitive", flat=True).get(pk=function)
    codes = {"unit": unit_id, "function": function, "territory": territory}
    if sensitive and not actor.is_system:
        proposal = uuid.uuid4()
        with transaction.atomic():
            with _act("propose_function", unit.body_id, now, **codes, proposal=proposal):
                call(
                    "propose_function",
                    *(proposal, unit_id, function, territory, since, until, EXPIRES),
                    casts="%s::uuid, %s::integer, %s, %s, %s::timestamptz, %s::timestamptz, %s::interval",
                )
            tell_administrators(actor=actor, place=unit.territory_id, code="rights_proposed", now=now)
        return proposal
    with transaction.atomic(), _act("give_function", unit.body_id, now, **codes):
        _kept(
            lambda: UnitFunction.objects.create(
                unit_id=unit_id, function_id=function, territory_id=territory, since=since, until=until
            )
        )
    return None


def end_function(*, actor: Actor, now: datetime, given: int, until: datetime) -> None:
    """Take a function from a unit from a moment on; one person may. Raises NotThere, Refused, UnitInvalid."""
    require_administration(actor)
    found = UnitFunction.objects.select_related("unit").filter(pk=given).first()
    if found is None or not queries.administers(found.unit.territory_id):
        raise NotThere
    if found.unit_id == actor.unit_id:
        raise Refused
    until = max(until, now, found.since + INSTANT)  # what has not begun ends with its first moment
    if found.until is not None and found.until <= until:
        raise UnitInvalid
    codes = {"unit": found.unit_id, "function": found.function_id, "until": until}
    with transaction.atomic(), _act("end_function", found.unit.body_id, now, **codes):
        UnitFunction.objects.filter(pk=given).update(until=until)


def _unit_of(actor: Actor, unit_id: int, now: datetime) -> Unit:
    """Return a unit that the actor administers. Raises NotThere, Refused for one's own."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not queries.administers(unit.territory_id):
        raise NotThere
    if unit_id == actor.unit_id:
        raise Refused
    return unit


def _named(three: tuple[str, str, str]) -> dict[str, str]:
    return {f"name_{language}": names.plain(name) for language, name in zip(LANGUAGES, three, strict=True)}


def _body(facts: BodyFacts) -> dict[str, Any]:
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return _named(values.pop("names")) | {"territory_id": values.pop("territory")} | values


def _unit(facts: UnitFacts, unit_id: int | None) -> dict[str, Any]:
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    opens, closes = facts.opens, facts.closes
    if facts.around_the_clock:
        values |= {"opens": None, "closes": None}
    elif (opens is None) != (closes is None) or (opens is not None and closes is not None and opens >= closes):
        raise UnitInvalid
    if unit_id is not None and facts.parent is not None and unit_id in queries.line_above(facts.parent):
        raise UnitInvalid
    three, territory, parent = values.pop("names"), values.pop("territory"), values.pop("parent")
    return _named(three) | {"territory_id": territory, "parent_id": parent} | values


def _kept(write: Any) -> Any:
    """Write inside a savepoint; what row security refuses is not there for the actor."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        state = getattr(error.__cause__, "sqlstate", "")
        raise (CodeTaken() if state == "23505" else UnitInvalid()) from None
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == "42501":
            raise NotThere from None
        raise


def _act(verb: str, body_id: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    return journal.act(verb=verb, stream=body_stream(body_id), now=now, codes=codes)
