"""The list of procedures: filters as codes in the address, a search in titles, one page at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from arasha.kernel.access.rules import Actor
from arasha.law.queries import acts
from arasha.protocols import policy
from arasha.protocols.queries import catalogue
from arasha.protocols.queries.catalogue import Volume
from arasha.protocols.rules.standing import Stage
from arasha.protocols.rules.words import word
from arasha.protocols.views.presenting import address
from arasha.protocols.views.sentences import language, said
from arasha.protocols.views.standings import STANDINGS, days, tag_of
from arasha.ui.rules.page import Filter, Link
from arasha.ui.rules.parts import Empty

PAGE = 50
CURRENT = frozenset({"in_force", "upcoming", "draft", "reviewed"})  # what the list shows when nothing is asked for
LONGEST = 100


def context(actor: Actor, asked: QueryDict, now: datetime) -> dict[str, Any]:
    """Return the list's content."""
    everything = catalogue.shelf(actor, now)
    chosen = {name: frozenset(asked.getlist(name)) - {""} for name in ("standing", "event", "act")}
    wish = asked.get("q", "")[:LONGEST].strip()
    kept = [volume for volume in everything if _matches(volume, chosen, wish)]
    start = _start(kept, asked.get("cursor", ""))
    shown, rest = kept[start : start + PAGE], kept[start + PAGE :]
    waiting = [volume for volume in everything if volume.life.stage in {Stage.DRAFT, Stage.REVIEWED, Stage.ENDING}]
    return {
        "page_title": _("Procedures: who must do what, by when"),
        "rows": [_row(volume) for volume in shown],
        "following": _mark(shown[-1]) if rest else "",
        "previous": _mark(kept[start - PAGE - 1]) if start > PAGE else ("first" if start else ""),
        "filters": _filters(everything, chosen),
        "acts": _acts(everything, now),
        "act": next(iter(chosen["act"]), ""),
        "q": wish,
        "waiting": len(waiting) if policy.sees_drafts(actor) else 0,
        "may_draft": policy.may_draft(actor),
        "nothing": Empty(_("No procedure is like that"), _("Take away a filter or a word of the search."), ()),
    }


def _matches(volume: Volume, chosen: Mapping[str, frozenset[str]], wish: str) -> bool:
    standings = chosen["standing"] or CURRENT
    if volume.standing not in standings:
        return False
    if chosen["event"] and volume.protocol.event not in chosen["event"]:
        return False
    if chosen["act"] and not chosen["act"] & catalogue.citations([volume]).keys():
        return False
    return not wish or wish.casefold() in _text(volume)


def _text(volume: Volume) -> str:
    """Return the words that a search looks through, in all languages: a lawyer may search in another one."""
    protocol = volume.protocol
    parts = [protocol.code, *protocol.title.values(), *protocol.called.values(), protocol.source]
    for step in protocol.steps:
        parts += [*step.what.values(), *step.act.values()]
    return "\n".join(parts).casefold()


def _row(volume: Volume) -> dict[str, Any]:
    return {
        "link": Link(said(volume.protocol.called), address("page", volume)),
        "number": volume.row.number,
        "code": volume.row.code,
        "standing": tag_of(volume),
        "days": days(volume),
        "starts": word("event", volume.protocol.event, language()),
        "steps": len(volume.protocol.steps),
        "checked": volume.protocol.verified_by,
    }


def _filters(volumes: list[Volume], chosen: Mapping[str, frozenset[str]]) -> list[Filter]:
    events = sorted({volume.protocol.event for volume in volumes})
    there = {volume.standing for volume in volumes}
    standings = [(code, str(label)) for code, label in STANDINGS if code in there]
    names = [(code, word("event", code, language())) for code in events]
    return [
        Filter("standing", _("Where it stands"), standings, chosen["standing"] or CURRENT),
        Filter("event", _("What starts it"), names, chosen["event"]),
    ]


def _acts(volumes: list[Volume], now: datetime) -> list[tuple[str, str]]:
    """Return the acts that a procedure cites, by name."""
    known = acts(sorted(catalogue.citations(volumes)), now)
    return sorted(((key, said(act.names)) for key, act in known.items()), key=lambda pair: pair[1])


def _mark(volume: Volume) -> str:
    return f"{volume.row.code}~{volume.row.number}"


def _start(volumes: list[Volume], cursor: str) -> int:
    """Return where the page begins: behind the version that the cursor names; anything else is the first page."""
    marks = [_mark(volume) for volume in volumes]
    return marks.index(cursor) + 1 if cursor in marks else 0
