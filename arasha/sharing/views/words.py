"""Consents, shares and readers in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from arasha.sharing import queries, rules
from arasha.sharing.models import Consent, Share
from arasha.sharing.queries import Giver, Reader


def giver(one: Giver) -> str:
    """Return who may answer, as a list names them."""
    name = one.person.called if one.person is not None else ""
    return " · ".join(filter(None, [name, rules.GIVERS.label(one.giver)]))


def listed(codes: Iterable[str], lists: Any) -> str:
    """Return the words of several codes of one list."""
    return ", ".join(lists.label(code) for code in codes)


def reader(one: Reader) -> dict[str, Any]:
    """Return what the page shows of a unit on the file."""
    return {
        "unit": one.unit.name,
        "why": reason(one),
        "parts": listed(one.parts, rules.PARTS) or _("Only that there is a case, and what the unit owes"),
        "until": one.until,
    }


def reason(one: Reader) -> str:
    """Return why a unit reads."""
    by_reason = {"sharing": _("The file was opened to it"), "referral": _("By a referral")}
    by_part = {"lead": _("Leads the case"), "informed": _("Is told of the case")}
    return by_reason.get(one.reason) or by_part.get(one.part) or _("Works on the case")


def consent(row: Consent, words: dict[str, str] | None, today: date) -> dict[str, Any]:
    """Return what the page shows of an answer."""
    listed_answer = rules.ANSWERS[row.answer]
    stands = row.answer == "given" and row.ended_at is None and row.until is not None and row.until >= today
    over = row.answer == "given" and not stands
    return {
        "row": row,
        "who": giver(Giver(row.giver, row.person)),
        "unit": row.unit.name,
        "answer": rules.ANSWERS.label(row.answer),
        "tone": "neutral" if over else listed_answer.more["tone"],
        "parts": listed(rules.parts_of(row.facets), rules.PARTS),
        "purposes": listed(row.purposes.split(), rules.PURPOSES),
        "way": rules.WAYS.label(row.way) if row.way else "",
        "why": rules.NOT_ASKED.label(row.why) if row.why else "",
        "words": words or {},
        "stands": stands,
        "near": stands and rules.runs_out(row.until, today),
        "ended": (rules.ENDS.label(row.ended_why or "until") if over else ""),
    }


def share(row: Share, words: dict[str, str] | None) -> dict[str, Any]:
    """Return what the page shows of a share."""
    return {
        "row": row,
        "unit": row.unit.name,
        "parts": listed(rules.parts_of(row.facets), rules.PARTS),
        "purposes": listed(row.purposes.split(), rules.PURPOSES),
        "rests": rules.GROUNDS.label(row.ground) if row.ground else _("Consent"),
        "words": (words or {}).get("words", ""),
        "ended": rules.ENDS.label(row.ended_why) if row.ended_why else "",
    }


def givers(found: Iterable[queries.Giver]) -> list[tuple[str, str]]:
    """Return who may answer as choices of a form."""
    return [(one.key, giver(one)) for one in found]
