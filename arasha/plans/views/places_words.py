"""Places at services in words: how one stands, what its steps were, what fits a child."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.plans import queries
from arasha.plans.rules import places as rules
from arasha.plans.views.words import language
from arasha.services import queries as services
from arasha.services.rules import service
from arasha.ui.rules.parts import State

FINDINGS = {"finding": "unsure", "unlawful": "late"}


def room(said: services.Room | None) -> dict[str, str]:
    """Return whether there is room as tone, word and facts; nothing where nobody has said it."""
    if said is None or said.said_on is None:
        return {}
    return {"tone": said.tone, "word": said.label(language()), "facts": said.facts(language())}


def service_name(code: str, now: datetime) -> str:
    """Return what a service of the package is called."""
    return service(code, local(now).date()).label(language())


def line(one: queries.PlaceRead, told: dict[UUID, services.Told], now: datetime) -> dict[str, Any]:
    """Return a place as a line of a list or the head of its page."""
    row, offered = one.row, told.get(one.row.offering_id)
    return {
        "row": row,
        "url": queries.place_link(row.pk),
        "service": service_name(row.service, now),
        "at": offered,
        "title": offered.title if offered else _("no longer in the directory"),
        "called": one.called or _("A child, name not known"),
        "state": State(rules.PLACE_STATES[row.state].more["shape"], rules.PLACE_STATES.label(row.state)),
        "urgency": rules.URGENCIES.label(row.urgency),
        "urgent": row.urgency != "ordinary",
        "why": rules.URGENT_WHY.label(row.why) if row.why else "",
        "room": room(one.room),
        "running": row.state in rules.RUNNING,
        "helped": row.state in {"begun", "ended"},
        "waits": row.state in rules.NOT_BEGUN,
        "late": row.state in rules.NOT_BEGUN and row.due_at < now,
        "ends": row.hand_over_at is not None and row.state in rules.RUNNING,
        "over": row.hand_over_by is not None and row.hand_over_by < local(now).date(),
        "in_hand": one.follower,
    }


def lines(found: Sequence[queries.PlaceRead], now: datetime) -> list[dict[str, Any]]:
    """Return places as lines, with one question for the names of all of their sites."""
    known = [one.found for one in found if one.found is not None]
    told = {one.row.offering: one for one in services.told(known, language=language(), now=now)}
    return [line(one, told, now) for one in found]


def steps(way: list[queries.StepRead], now: datetime) -> list[dict[str, Any]]:
    """Return the way of a place, step by step."""
    return [_step(one, now) for one in way]


def _step(one: queries.StepRead, now: datetime) -> dict[str, Any]:
    row = one.row
    reasons = rules.REASONS.get(row.step)
    finding = rules.PLACE_REFUSALS[row.reason].more["finding"] if row.step == "refuse" else ""
    facts = [
        format_date(row.on, language()) if row.on else "",
        rules.URGENCIES.label(row.urgency) if row.urgency else "",
        rules.RESULTS.label(row.result) if row.result else "",
        rules.SAID_BY.label(row.said_by) if row.said_by else "",
    ]
    return {
        "title": rules.PLACE_STEPS.label(row.step),
        "reason": reasons.label(row.reason) if reasons and row.reason else "",
        "tone": FINDINGS.get(finding, ""),
        "finding": {"unlawful": _("no service may refuse for this"), "finding": _("a gap that is counted")}.get(
            finding
        ),
        "done": rules.MISSED_DONE.label(row.done) if row.done else "",
        "undone": row.done == "nothing_yet",
        "facts": " · ".join(filter(None, facts)),
        "words": one.words,
        "who": " · ".join(filter(None, (row.unit.name, one.who, format_moment(row.at, language(), now)))),
    }


def near(nearness: int) -> str:
    """Return how near an offering is to the child, in words."""
    words = (
        _("in the same place"),
        _("in the same district"),
        _("takes children of the district"),
        _("elsewhere in the region"),
        _("takes children of the region or the country"),
    )
    return words[nearness] if 0 <= nearness < len(words) else ""


def fitting(
    found: Sequence[queries.Fitting], dossier: UUID, now: datetime, *, after: UUID | None = None
) -> list[dict[str, Any]]:
    """Return offerings with room, what speaks against each, and the link by which a place is asked there."""
    told = services.told([one.found for one in found], language=language(), now=now)
    rows = []
    for one, words in zip(found, told, strict=True):
        asked = {"offering": str(one.found.offering)} | ({"after": str(after)} if after else {})
        rows.append(
            {
                "at": words,
                "room": room(one.room),
                "against": [rules.PLACE_REFUSALS.label(code) for code in one.against],
                "ends": format_date(one.found.ends_on, language()) if one.found.ends_on else "",
                "near": near(one.found.nearness),
                "url": f"{reverse('plans:ask_place', args=[dossier])}?{urlencode(asked)}",
                "refer_url": f"{reverse('plans:send_referral', args=[dossier])}?{urlencode(asked)}",
            }
        )
    return rows
