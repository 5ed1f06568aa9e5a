"""What happened to an obligation so far, in the order in which it happened."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from arasha.obligations.queries import Remarked
from arasha.obligations.queries.page import ObligationPage
from arasha.obligations.rules import REASONS, Said, State
from arasha.obligations.views.words import label, short, who

Told = tuple[datetime, str, str]


def so_far(page: ObligationPage, now: datetime) -> list[dict[str, str]]:
    """Return what happened, oldest first: words, moment, and what was said with it."""
    rows = sorted([*_began(page), *_silence(page), *_done(page)], key=lambda told: told[0])
    return [{"what": what, "when": short(at, now), "said": said} for at, what, said in rows]


def _began(page: ObligationPage) -> Iterator[Told]:
    row = page.obligation
    yield row.raised_at, _("The obligation arose"), ""
    for gap in page.gaps:
        yield gap.noticed_at, _missing(gap.level) % {"function": label(page.functions.get(gap.function))}, ""
    for earlier in page.before:
        if earlier.unit and earlier.ended_at:
            words = _("%(body)s passed it on") % {"body": earlier.unit.name}
            yield earlier.ended_at, words, ""
    if row.undelivered_at:
        yield row.undelivered_at, _("The notice was not delivered within the hour"), ""
    if row.seen_at:
        yield row.seen_at, _("The unit opened it"), ""


def _missing(level: str) -> str:
    """Say what was missing: a body of the function, or to know which is the child's own."""
    return {
        "school_of_the_child": _("The child’s school is not known; found instead: %(function)s"),
        "clinic_of_the_child": _("The child’s clinic is not known; found instead: %(function)s"),
        "reporting_body": _("No body was named; found instead: %(function)s"),
        "named_unit": _("The body that was named is not there any more; found instead: %(function)s"),
    }.get(level, _("No such body: %(function)s"))


def _silence(page: ObligationPage) -> Iterator[Told]:
    row = page.obligation
    if row.state in {State.OVERDUE.value, State.MET_LATE.value}:
        yield row.due_now, _("The time limit passed without an answer"), ""
    for _planned, became in page.ladder:
        if became is not None and became.unit is not None:
            yield became.fell_due_at, _("Reported upwards. To: %(body)s") % {"body": became.unit.name}, ""


def _done(page: ObligationPage) -> Iterator[Told]:
    row = page.obligation
    for remarked in page.remarks:
        if remarked.remark.kind == Said.TASK.value:
            continue  # what is wanted stands above, in words of its own
        yield remarked.remark.at, _words(remarked), _said(remarked)
    if row.met_at:
        yield row.met_at, _("Met – %(body)s") % {"body": who(row.met_by_unit, row.met_by_post)}, ""


def _words(remarked: Remarked) -> str:
    row = remarked.remark
    words = {
        Said.ASKED.value: _("Asked for more time – %(body)s"),
        Said.GRANTED.value: _("More time was given – %(body)s"),
        Said.REFUSED.value: _("More time was refused – %(body)s"),
        Said.DECLINED.value: _("Declined – %(body)s"),
        Said.SUSPENDED.value: _("Time suspended – %(body)s"),
        Said.RESUMED.value: _("Time runs again – %(body)s"),
        Said.WAIVED.value: _("Need not be done – %(body)s"),
        Said.SUPERSEDED.value: _("Replaced – %(body)s"),
        Said.REOPENED.value: _("Opened again – %(body)s"),
        Said.DELIVERED.value: _("The notice was handed over – %(body)s"),
    }
    return words[row.kind] % {"body": who(row.unit, row.post) or _("by the clock")}


def _said(remarked: Remarked) -> str:
    """Return the reason and the words; erased words are said to be erased."""
    reason = REASONS.label(remarked.remark.reason) if remarked.remark.reason in REASONS else ""
    words = _("The text was erased as the law asks.") if remarked.text is None else remarked.text
    return ". ".join(part for part in (reason, words) if part)
