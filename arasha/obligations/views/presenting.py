"""The page of one obligation: its sentence, the deadline's steps, who owes it and why, the ladder."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from arasha.kernel.worktime.queries import explain
from arasha.kernel.worktime.rules import formats
from arasha.law import rules as law
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.queries import Given, link, told_at
from arasha.obligations.queries.page import ObligationPage
from arasha.obligations.rules import FULFILLED, REASONS, DeliveredBy, FoundBy, Outcome, Planned, Said, State, lateness
from arasha.obligations.views import history
from arasha.obligations.views.words import label, language, said, short, who
from arasha.protocols.rules import IDENTIFIED
from arasha.ui.rules import parts

SOON = timedelta(hours=12)


def context(page: ObligationPage, now: datetime) -> dict[str, Any]:
    """Return what the template shows."""
    deadline = explain(
        page.derivation, language(), now=now, from_note=began(page), extended_to=page.obligation.extended_to
    )
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
        "considering": bool(page.step.requires),
        "behind": told_at(page.obligation, page.protocol.code),
        "ladder": ladder(page, now),
        "unheard": page.unheard,
        "so_far": history.so_far(page, now),
        "answers": [answer(given, page, now) for given in page.answers],
        "notice": notice(page, now),
        "letter_languages": settings.LANGUAGES,
        "standing": standing(page, now),
        "asked": asked(page, now),
        "wanted": wanted(page),
        "ringing": ringing(page, now),
    }


def began(page: ObligationPage) -> str:
    """Say what happened at the moment from which the limit counts."""
    if page.obligation.caused_by_id:
        return _("when the step before it was answered")
    if page.derivation.from_moment != page.obligation.from_moment:
        return _("when another body passed it on: the least time to take it over")
    if page.step.counts_from == IDENTIFIED:
        return _("when it was identified")
    return {"report_signal": _("when the signal came in")}.get(page.protocol.event, "")


def answer(given: Given, page: ObligationPage, now: datetime) -> dict[str, Any]:
    """Return an answer with who gave it, how it came out in the procedure's words, and its files."""
    row = given.answer
    outcomes = {outcome.code: said(outcome.words) for outcome in page.step.outcomes}
    return {
        "given": short(row.given_at, now),
        "who": who(row.unit, row.post),
        "text": given.text,
        "withdrawn": _("taken back %(moment)s") % {"moment": short(row.withdrawn_at, now)} if row.withdrawn_at else "",
        "outcome": outcomes.get(row.outcome, row.outcome),
        "proofs": given.proofs,
    }


def notice(page: ObligationPage, now: datetime) -> str:
    """Say how the written notice stands, empty where the duty is none."""
    row = page.obligation
    if not row.number:
        return ""
    if row.delivered_at:
        how = {
            DeliveredBy.INBOX.value: _("No. %(number)s, delivered in Arasha %(moment)s"),
            DeliveredBy.PAPER.value: _("No. %(number)s, handed over as a letter %(moment)s"),
            DeliveredBy.PHONE.value: _("No. %(number)s, told by telephone %(moment)s"),
        }[row.delivered_by]
        return how % {"number": row.number, "moment": short(row.delivered_at, now)}
    return _("No. %(number)s, not delivered: nobody of the unit works here yet") % {"number": row.number}


def standing(page: ObligationPage, now: datetime) -> dict[str, str]:
    """Say what became of a duty that is not owed in the ordinary way, with where to go on."""
    row = page.obligation
    if page.state is State.SUSPENDED and row.suspended_until:
        words = _("Its time stands still. It runs again %(moment)s at the latest.")
        return {"words": words % {"moment": short(row.suspended_until, now)}, "url": "", "link": ""}
    replaced = row.replaced_by
    url = link(replaced.pk) if replaced else ""
    body = replaced.unit.name if replaced and replaced.unit else _("Nobody yet")
    words = {
        State.DECLINED: _("This body said that it can’t. Owed now by: %(body)s.") % {"body": body},
        State.SUPERSEDED: _("Another obligation took its place. Owed by: %(body)s.") % {"body": body},
        State.WAIVED: _("It need not be done: a supervisor said so, with the reason below."),
    }.get(page.state, "")
    return {"words": words, "url": url, "link": _("Open that obligation") if url else ""}


def wanted(page: ObligationPage) -> list[str | None]:
    """Return the words in which it was agreed or decided; None where they were erased."""
    return [one.text for one in page.remarks if one.remark.kind == Said.TASK.value]


def asked(page: ObligationPage, now: datetime) -> dict[str, str]:
    """Say what is asked while a request for more time waits for its answer."""
    row = page.obligation
    if row.asked_until is None:
        return {}
    last = next((one for one in reversed(page.remarks) if one.remark.kind == Said.ASKED.value), None)
    return {
        "until": short(row.asked_until, now),
        "reason": REASONS.label(last.remark.reason) if last else "",
        "words": (last.text or "") if last else "",
        "who": who(last.remark.unit, last.remark.post) if last else "",
    }


def ringing(page: ObligationPage, now: datetime) -> list[dict[str, Any]]:
    """Return who is on duty now in the unit that owes it; with nobody, that the roster has nobody."""
    row = page.obligation
    if row.unit is None or not page.running:
        return []
    people = page.duty.get(row.unit.pk, ())
    return [
        {
            "unit": row.unit.name,
            "people": [(one, _("until %(moment)s") % {"moment": short(one.until, now)}) for one in people],
            "missing": row.unit.around_the_clock and not people,
        }
    ]


def title(page: ObligationPage, now: datetime) -> str:
    """Say the situation in one sentence."""
    row = page.obligation
    values = {"what": said(page.step.what), "moment": short(row.due_now, now)}
    if row.unit is None:
        return _("Nobody was found who owes this: %(what)s") % values
    values["body"] = row.unit.name
    if page.state in FULFILLED:
        return _("%(body)s has given it: %(what)s") % values
    if not page.running:
        return _("%(body)s does not owe it any more: %(what)s") % values
    if page.state is State.SUSPENDED:
        return _("%(body)s owes %(what)s; its time stands still") % values
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
    ended = {
        State.SUSPENDED.value: ("suspended", _("suspended")),
        State.DECLINED.value: ("wait", _("passed on")),
        State.WAIVED.value: ("met", _("need not be done")),
        State.SUPERSEDED.value: ("wait", _("replaced")),
    }
    if row.state in ended:
        return parts.State(*ended[row.state])
    if row.due_now < now:
        return parts.State("late", formats.format_lateness(lateness(row.due_now, now), language()))
    calm = "extended" if row.extended_to else "open"
    return parts.State(
        "soon" if row.due_now - now <= SOON else calm, formats.format_left(row.due_now - now, language())
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
        FoundBy.NAMED.value: _("was named for this child: %(function)s"),
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


def met_by(row: Obligation) -> str:
    """Return post and unit that met it, empty while nobody did."""
    return who(row.met_by_unit, row.met_by_post)
