"""The page of one obligation: its sentence, the deadline's steps, the ladder, what happened so far."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.access.models import Function
from arasha.kernel.worktime.queries import explain
from arasha.kernel.worktime.rules import formats
from arasha.law import rules as law
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.queries.page import ObligationPage
from arasha.obligations.rules import FoundBy, Outcome, Planned, State, lateness
from arasha.ui.rules import parts

SOON = timedelta(hours=12)


def context(page: ObligationPage, now: datetime) -> dict[str, Any]:
    """Return what the template shows."""
    began = {"report_signal": _("when the signal came in")}
    deadline = explain(page.derivation, language(), now=now, from_note=began.get(page.protocol.event, ""))
    return {
        "page": page,
        "page_title": title(page, now),
        "state": state(page.obligation, now),
        "protocol_words": protocol_words(page),
        "deadline": deadline,
        "act": said(page.step.act),
        "owed_by": owed_by(page),
        "bases": list(bases(page)),
        "evidence": said(page.step.evidence),
        "blocks_closing": "closing" in page.step.blocks,
        "ladder": ladder(page, now),
        "so_far": list(so_far(page, now)),
        "answers": [(short(given.answer.given_at, now), given.text) for given in page.answers],
        "met_by": met_by(page.obligation),
    }


def language() -> str:
    """Return the reader's language: kk, ru or en."""
    return formats.known(get_language() or "kk")


def said(words: Mapping[str, str]) -> str:
    """Return the reader's language of words that stand in three."""
    return words.get(language()) or words["en"]


def short(moment: datetime, now: datetime) -> str:
    """Return a moment as people say it today."""
    return formats.format_moment(moment, language(), now)


def title(page: ObligationPage, now: datetime) -> str:
    """Say the situation in one sentence."""
    row = page.obligation
    values = {"what": said(page.step.what), "moment": short(row.due_now, now)}
    if row.unit is None:
        return _("Nobody was found who owes this: %(what)s") % values
    values["body"] = row.unit.name
    if not page.running:
        return _("%(body)s has given it: %(what)s") % values
    if row.due_now < now:
        return _("%(body)s owes %(what)s since %(moment)s") % values
    return _("%(body)s owes %(what)s by %(moment)s") % values


def state(row: Obligation, now: datetime) -> parts.State:
    """Return shape and words of where the obligation stands."""
    if row.state == State.MET.value:
        return parts.State("met", _("met"))
    if row.state == State.MET_LATE.value:
        late = formats.format_lateness(lateness(row.due_now, row.met_at or now), language())
        return parts.State("met", _("met, %(late)s") % {"late": late})
    if row.due_now < now:
        return parts.State("late", formats.format_lateness(lateness(row.due_now, now), language()))
    return parts.State(
        "soon" if row.due_now - now <= SOON else "open", formats.format_left(row.due_now - now, language())
    )


def protocol_words(page: ObligationPage) -> str:
    """Name the procedure and its version."""
    values = {"title": said(page.protocol.title), "number": page.protocol.version}
    return _("procedure “%(title)s”, version %(number)s") % values


def owed_by(page: ObligationPage) -> tuple[str, str]:
    """Return the unit that owes with its body, and how it was found."""
    row = page.obligation
    function = label(page.functions.get(row.function))
    if row.unit is None:
        return _("Nobody yet"), _("No body with this function serves the place: %(function)s") % {"function": function}
    whose = f"{row.unit.name}, {row.unit.body.name}" if row.unit.name != row.unit.body.name else row.unit.name
    how = {
        FoundBy.DISTRICT.value: _("found by function and the child's own district: %(function)s"),
        FoundBy.REGION.value: _("the district has no such body; found in the region: %(function)s"),
        FoundBy.NATION.value: _("district and region have no such body; found for the nation: %(function)s"),
        # Says no more than that: who was passed over must not be found through this page.
        FoundBy.SUBSTITUTE.value: _("takes the place of another body: %(function)s"),
    }
    return whose, how[row.found_by] % {"function": function}


def bases(page: ObligationPage) -> Iterator[dict[str, str]]:
    """Return each act of law with the point cited and the state in which the act is known."""
    states = {
        law.IN_FORCE: ("open", _("in force")),
        law.NOT_YET: ("unsure", _("not yet in force")),
        law.REPLACED: ("late", _("replaced")),
        law.NOT_VERIFIED: ("unsure", _("act not verified")),
    }
    for basis in page.step.basis:
        act = page.acts.get(basis.act)
        meaning, status = states[act.status if act else law.NOT_VERIFIED]
        name = said(act.names) if act else basis.act
        yield {"name": name, "point": said(basis.point), "meaning": meaning, "status": status}


def ladder(page: ObligationPage, now: datetime) -> list[parts.Rung]:
    """Return the rungs: who owed it, who was told when, who will be told when."""
    row = page.obligation
    owes = row.unit.name if row.unit else _("Nobody yet")
    late = row.state in {State.OVERDUE.value, State.MET_LATE.value} or (page.running and row.due_now < now)
    due = _("due: %(moment)s") % {"moment": short(row.due_now, now)}
    rungs = [parts.Rung(0, owes, due, passed=late, here=page.running and late and row.rung == 0)]
    for planned, became in page.ladder:
        told = became is not None and became.outcome == Outcome.TOLD.value
        note = rung_note(planned, became, page.running, now)
        here = page.running and told and planned.rung == row.rung
        rungs.append(parts.Rung(planned.rung, rung_name(page, planned, became), note, passed=told, here=here))
    return rungs


def rung_name(page: ObligationPage, planned: Planned, became: Escalation | None) -> str:
    """Return the unit that was told, else the function that will be asked for."""
    if became is not None and became.unit is not None:
        return became.unit.name
    return label(page.functions.get(planned.function)) if planned.function else _("The unit above")


def rung_note(planned: Planned, became: Escalation | None, running: bool, now: datetime) -> str:
    """Say when the rung was told, or why it was passed, or when its turn comes."""
    if became is None:
        moment = {"moment": short(planned.at, now)}
        return _("%(moment)s, if still silent") % moment if running else _("was not needed")
    values = {"moment": short(became.fell_due_at, now)}
    return {
        Outcome.TOLD.value: _("told: %(moment)s"),
        Outcome.EMPTY.value: _("passed over, nobody there: %(moment)s"),
        Outcome.SAFETY.value: _("passed over, for safety: %(moment)s"),
        Outcome.SAME.value: _("passed over, was told before: %(moment)s"),
    }[became.outcome] % values


def so_far(page: ObligationPage, now: datetime) -> Iterator[tuple[str, str]]:
    """Return what happened, oldest first: words and moment."""
    row = page.obligation
    yield _("The obligation arose"), short(row.raised_at, now)
    for gap in page.gaps:
        missing = label(page.functions.get(gap.function))
        yield _("No such body: %(function)s") % {"function": missing}, short(gap.noticed_at, now)
    if row.state in {State.OVERDUE.value, State.MET_LATE.value}:
        yield _("The time limit passed without an answer"), short(row.due_now, now)
    for _planned, became in page.ladder:
        if became is not None and became.unit is not None:
            told = _("Reported upwards. To: %(body)s") % {"body": became.unit.name}
            yield told, short(became.fell_due_at, now)
    if row.met_at:
        yield _("Met – %(body)s") % {"body": met_by(row)}, short(row.met_at, now)


def met_by(row: Obligation) -> str:
    """Return post and unit that met it, empty while nobody did."""
    if row.met_by_unit is None:
        return ""
    return f"{row.met_by_post.title}, {row.met_by_unit.name}" if row.met_by_post else row.met_by_unit.name


def label(function: Function | None) -> str:
    """Return the function's label in the reader's language."""
    if function is None:
        return ""
    return str(getattr(function, f"label_{language()}", function.label_en))
