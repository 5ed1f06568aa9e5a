"""The page of one version as a lawyer reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.kernel.access.queries import names_of
from arasha.kernel.worktime.rules.formats import format_limit
from arasha.protocols.queries.catalogue import Volume, records
from arasha.protocols.rules import Protocol, Step
from arasha.protocols.views import standings
from arasha.protocols.views.sentences import BasisWords, Sentences, Who, capital, language, required, said
from arasha.ui.rules import parts
from arasha.ui.rules.page import Link


@dataclass(frozen=True)
class StepWords:
    """One step in sentences."""

    number: int
    key: str
    what: str
    who: Who
    act: str
    limit: str
    counted_from: str
    conditions: list[str]
    evidence: str
    outcomes: list[str]
    bases: list[BasisWords]
    silence: str
    notice: bool
    blocks_closing: bool
    requires: list[str]
    follows: str


@dataclass(frozen=True)
class BoundWords:
    """Who must report what to whom, in words."""

    who: str
    what: str
    to: str
    bases: list[BasisWords]


def address(name: str, volume: Volume, *more: int) -> str:
    """Return the address of one of a version's pages."""
    return reverse(f"protocols:{name}", args=[volume.row.code, volume.row.number, *more])


def frame(volume: Volume, here: str) -> dict[str, Any]:
    """Return what every page of a version has: its title, the line above it, its tabs."""
    values = {"number": volume.row.number, "days": standings.days(volume)}
    names = {"page": _("As text"), "picture": _("As a picture"), "trying": _("Try it")}
    return {
        "volume": volume,
        "page_title": said(volume.protocol.called),
        "page_meta": _("Procedure, version %(number)s, %(days)s") % values,
        "standing": standings.tag_of(volume),
        "trail": [
            Link(_("Procedures"), reverse("protocols:list")),
            Link(said(volume.protocol.called), "", current=True),
        ],
        "tabs": [Link(label, address(name, volume), current=name == here) for name, label in names.items()],
        "urls": {name: address(name, volume) for name in ("page", "picture", "trying", "file", "decide")},
    }


def text(volume: Volume, others: list[Volume], now: datetime) -> dict[str, Any]:
    """Return the page's content."""
    protocol = volume.protocol
    sentences = Sentences([protocol], now)
    decided = records(volume)
    author = names_of([volume.row.author_id]).get(volume.row.author_id, "") if volume.row.author_id else ""
    steps = [step_words(sentences, protocol, step, number) for number, step in enumerate(protocol.steps, start=1)]
    return frame(volume, "page") | {
        "starts": capital(sentences.event(protocol, protocol.trigger)),
        "conditions": sentences.conditions(protocol.trigger.conditions),
        "title": said(protocol.title),
        "takeover": format_limit(protocol.takeover, language()) if protocol.takeover else "",
        "checked_by": standings.checked(volume, decided),
        "source": protocol.source,
        "bound": [
            BoundWords(capital(said(bound.who)), said(bound.what), said(bound.to), sentences.bases(bound.basis))
            for bound in protocol.bound
        ],
        "first_steps": [step for step in steps if not step.follows],
        "later_steps": [step for step in steps if step.follows],
        "ladder": [parts.Rung(rung.number, *sentences.rung(rung)) for rung in protocol.ladder],
        "ladder_bases": sentences.bases(protocol.ladder_basis),
        "substitutes": [sentences.function(code) for code in protocol.substitutes],
        "history": standings.history(volume, decided, author),
        "versions": [
            (
                Link(_("version %(number)s") % {"number": other.row.number}, address("page", other)),
                standings.tag_of(other),
                Link(_("Show the differences"), address("difference", volume, other.row.number)),
            )
            for other in others
            if other.row.number != volume.row.number
        ],
    }


def step_words(sentences: Sentences, protocol: Protocol, step: Step, number: int) -> StepWords:
    """Put one step into sentences."""
    return StepWords(
        number=number,
        key=step.key,
        what=said(step.what),
        who=sentences.who(step),
        act=said(step.act),
        limit=sentences.limit(step),
        counted_from=sentences.counted_from(protocol, step),
        conditions=sentences.step_conditions(step),
        evidence=said(step.evidence),
        outcomes=[said(outcome.words) for outcome in step.outcomes],
        bases=sentences.bases(step.basis),
        silence=sentences.ladder(protocol, step) if step.ladder is not None else "",
        notice=step.notice,
        blocks_closing="closing" in step.blocks,
        requires=[capital(line) for line in required(step)],
        follows=capital(sentences.event(protocol, step.on)) if step.on else "",
    )
