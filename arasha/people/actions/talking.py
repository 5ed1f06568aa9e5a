"""How to talk with a person, and what is difficult for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from arasha.kernel.access.rules import Actor, Facet
from arasha.people import queries, rules
from arasha.people.actions.recording import recorded
from arasha.people.models import Communication, Difficulty


class InterpreterIsKin(ValueError):
    """The interpreter bears the name of somebody of the family: who lives with a child does not speak for it."""


def note_communication(
    *,
    actor: Actor,
    person: UUID,
    languages: Sequence[str],
    ways: Sequence[str],
    interpreter: str,
    now: datetime,
    interpreter_called: str = "",
    companion: str = "",
    worker: str = "either",
) -> Communication:
    """Note how to talk with somebody: it stands first on every page about them.

    Raises PersonNotThere, UnknownCode; InterpreterIsKin when the interpreter is one of the people of the file.
    """
    for code in languages:
        rules.LANGUAGES[code]
    for code in ways:
        rules.WAYS[code]
    rules.INTERPRETERS[interpreter], rules.WORKERS[worker]
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="note_communication", now=now) as (
        found,
        bare,
    ):
        if interpreter_called and rules.is_one_of(interpreter_called, queries.names_in(found.dossier_id)):
            raise InterpreterIsKin
        row = Communication(**bare, languages=list(languages), ways=list(ways), interpreter=interpreter)
        row.interpreter_called, row.companion, row.worker = interpreter_called.strip(), companion.strip(), worker
        row.save(force_insert=True)
    return row


def note_difficulties(*, actor: Actor, person: UUID, levels: Mapping[str, str], now: datetime) -> list[Difficulty]:
    """Note what is difficult for a child, by domain; an earlier answer of a domain ends.

    Raises PersonNotThere, UnknownCode, CodeDoesNotFit.
    """
    for domain, level in levels.items():
        rules.check_level(domain, level)
    with recorded(actor=actor, person=person, facet=Facet.HEALTH, verb="note_difficulties", now=now) as (found, bare):
        earlier = Difficulty.objects.filter(person=found, domain__in=list(levels), ended_at=None)
        earlier.update(ended_at=now)
        rows = [Difficulty(**bare, domain=domain, level=level) for domain, level in levels.items()]
        Difficulty.objects.bulk_create(rows)
    return rows
