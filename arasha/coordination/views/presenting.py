"""My work, the board and the file as words and shapes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.cases.models import Case
from arasha.coordination import policy, queries
from arasha.coordination.models import Sighting
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules.formats import NBSP, format_ago, format_lateness, format_left, format_moment
from arasha.obligations import rules as duties
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.queries import link
from arasha.signals.models import Signal
from arasha.signals.rules import CONCERNS, DOORS, SEXES, URGENCIES
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty, Figure, Owed, State

SOON = timedelta(hours=12)


def language() -> str:
    """Return the reader's language."""
    return get_language() or "kk"


def said(words: Mapping[str, str]) -> str:
    """Return the reader's language of words that stand in three, with a capital."""
    text = words.get(language()[:2]) or words["kk"]
    return text[:1].upper() + text[1:]


def years(age: int) -> str:
    """Return an age in words."""
    return ngettext("%(n)s year", "%(n)s years", age) % {"n": age}


def child(matter: queries.Matter) -> str:
    """Name the child as the file does, or say what is known of the child."""
    found = matter.child
    if found is None:
        return _("A child")
    name = found.child_called or (
        SEXES.label(found.child_sex) if found.child_sex != "unknown" else _("A child, name not known")
    )
    name = name[:1].upper() + name[1:]
    return name if found.child_age is None else f"{name}, {years(found.child_age)}"


def is_late(row: Obligation, now: datetime) -> bool:
    """Say whether somebody must still do it and its moment has passed, noticed by the sweeper or not."""
    return duties.State(row.state) in duties.RUNNING and row.due_now < now


def state(row: Obligation, now: datetime) -> State:
    """Return shape and words of where an obligation stands, with the amount."""
    ended = {
        duties.State.MET: State("met", _("met")),
        duties.State.DECLINED: State("wait", _("declined, goes on elsewhere")),
        duties.State.WAIVED: State("open", _("waived by a supervisor")),
        duties.State.SUPERSEDED: State("wait", _("another duty took its place")),
    }
    known = duties.State(row.state)
    if known in ended:
        return ended[known]
    if known is duties.State.MET_LATE and row.met_at:
        return State("met", _("met, %(late)s") % {"late": format_lateness(row.met_at - row.due_now, language())})
    if known is duties.State.SUSPENDED and row.suspended_until:
        until = format_moment(row.suspended_until, language(), now)
        return State("suspended", _("suspended until %(moment)s") % {"moment": until})
    if row.due_now < now:
        return State("late", format_lateness(now - row.due_now, language()))
    left = row.due_now - now
    if row.extended_to:
        return State("extended", _("extended, %(left)s") % {"left": format_left(left, language())})
    return State("soon" if left <= SOON else "open", format_left(left, language()))


def duty(row: Obligation, matters: Mapping[UUID, queries.Matter], now: datetime) -> dict[str, Any]:
    """Return one obligation as a line of a list."""
    return {
        "url": link(row.pk),
        "what": said(queries.what_is_owed(row)),
        "child": child(matters.get(row.dossier_id, queries.Matter(None, None))),
        "unit": row.unit.name if row.unit else _("nobody was found"),
        "state": state(row, now),
        "due": format_moment(row.due_now, language(), now),
        "rung": row.rung,
        "rungs": len(row.ladder),
    }


def waiting(signal: Signal, matters: Mapping[UUID, queries.Matter], now: datetime) -> dict[str, Any]:
    """Return one waiting signal as a line of a list."""
    left = signal.answer_by - now
    late = left < timedelta(0)
    words = ", ".join(CONCERNS.label(code) for code in signal.concerns)
    return {
        "url": reverse("signals:page", kwargs={"signal": signal.pk}),
        "state": State(
            "late" if late else "soon",
            format_lateness(-left, language()) if late else URGENCIES.label(signal.urgency),
        ),
        "concerns": words[:1].upper() + words[1:],
        "child": child(matters.get(signal.dossier_id, queries.Matter(None, None))),
        "door": DOORS.label(signal.door),
        "ago": format_ago(now - signal.received_at, language()),
    }


def title_of_work(late: int, children: int, waits: int) -> str:
    """Say the situation in one sentence: what is late, about how many children, and how many signals wait."""
    if not late and not waits:
        return _("Nothing is late")
    more = ngettext("%(n)s signal waits for you", "%(n)s signals wait for you", waits) % {"n": waits}
    if not late:
        return more
    words = ngettext("%(n)s obligation is late", "%(n)s obligations are late", late) % {"n": late}
    if children != late:
        about = (ngettext("%(n)s child", "%(n)s children", children) % {"n": children}).replace(" ", NBSP)
        words = _("%(late)s (%(about)s)") % {"about": about, "late": words}
    return _("%(late)s, and %(signals)s") % {"late": words, "signals": more} if waits else words


def by_child(rows: Sequence[Obligation], matters: Mapping[UUID, queries.Matter], now: datetime) -> list[dict[str, Any]]:
    """Return obligations as lines of a list that has one line for each child, in the order of the earliest of each."""
    found: dict[UUID, list[Obligation]] = {}
    for row in rows:
        found.setdefault(row.dossier_id, []).append(row)
    return [
        {
            "url": reverse("coordination:file", kwargs={"dossier": dossier}),
            "child": child(matters.get(dossier, queries.Matter(None, None))),
            "duties": [duty(row, matters, now) for row in some],
        }
        for dossier, some in found.items()
    ]


def my_work(work: queries.MyWork, actor: Actor, now: datetime, *, own: bool) -> dict[str, Any]:
    """Return what the first page shows."""
    counts, coordinates, here = work.counts, policy.may_see_board(actor), reverse("coordination:my_work")
    figures = [
        Figure(str(counts["late"]), _("late"), url="#late" if work.late else "", late=counts["late"] > 0),
        Figure(str(counts["due"]), _("due within a day"), url="#due" if work.due else ""),
        Figure(str(counts["week"]), _("due within a week"), url=reverse("coordination:month")),
        Figure(str(counts["waiting"]), _("signals waiting"), url=reverse("signals:queue"))
        if coordinates
        else Figure(str(counts["open"]), _("open in all"), url="#later" if work.later else ""),
        Figure(str(counts["unseen"]), _("seen by nobody for a week"), url="#unseen", late=counts["unseen"] > 0),
        Figure(str(counts["climbed"]), _("silences that climbed to you"), url="#climbed"),
    ]
    narrowing = [
        Link(_("In all files of your unit"), here, not own),
        Link(_("Owed by your unit"), f"{here}?owed=own", own),
    ]
    return {
        "page_title": title_of_work(counts["late"], counts["late_children"], counts["waiting"]),
        "page_meta": format_moment(now, language()),
        "figures": figures,
        "narrowing": narrowing if coordinates else [],
        "late": by_child(work.late, work.matters, now),
        "late_more": counts["late"] - len(work.late),
        "due_more": counts["due"] - len(work.due),
        "due": [duty(row, work.matters, now) for row in work.due],
        "later": [duty(row, work.matters, now) for row in work.later],
        "waiting": [waiting(signal, work.matters, now) for signal in work.waiting],
        "unseen": unseen(work.unseen, work.matters, now),
        "climbed": [climbed(row, work.matters, now) for row in work.climbed],
        "coordinates": coordinates,
        "may_print": allows(actor, "meet_obligations"),
        "nothing": Empty(_("Nothing is owed here now"), _("A new duty comes by itself, with a message.")),
    }


def climbed(row: Escalation, matters: Mapping[UUID, queries.Matter], now: datetime) -> Owed:
    """Return one silence that reached the reader's unit, and whether there is anybody above to whom it could climb."""
    owed = duty(row.obligation, matters, now)
    body = f"{owed['unit']} · {owed['child']}"
    if row.rung >= max((rung["rung"] for rung in row.obligation.ladder), default=0):
        above = _("nobody stands above: it climbs no further")
        body = f"{body} · {above}"
    return Owed(
        State("late", format_lateness(now - row.obligation.due_now, language())), owed["what"], body, owed["url"]
    )


def unseen(rows: Sequence[Sighting], matters: Mapping[UUID, queries.Matter], now: datetime) -> list[dict[str, Any]]:
    """Return children whom nobody has seen for long, as lines of a list; without names where none may be read."""
    units = queries.units(row.unit for row in rows if row.unit)
    return [
        {
            "url": reverse("coordination:file", kwargs={"dossier": row.dossier_id}),
            "child": child(matters.get(row.dossier_id, queries.Matter(None, None))),
            "unit": units[row.unit].name if row.unit in units else _("nobody"),
            "days": (now - (row.seen_at or row.since)).days,
            "never": row.seen_at is None,
            "since": format_moment(row.seen_at or row.since, language(), now),
        }
        for row in rows
    ]


def case_row(case: Case, now: datetime) -> dict[str, Any]:
    """Return one case as a line of a list."""
    return {
        "url": reverse("coordination:file", kwargs={"dossier": case.dossier_id}),
        "child": child(queries.Matter(case, None)),
        "number": case.number,
        "closed": case.state == "closed",
        "unit": case.lead_unit.name,
        "opened": format_moment(case.opened_at, language(), now),
        "place": case.territory.name(language()),
    }


def meta(page: queries.FilePage, now: datetime) -> str:
    """Return the line above the title: number, since when, and which day of the file it is."""
    opened = format_moment(page.dossier.opened_at, language(), now)
    day = _("day %(n)s") % {"n": (now - page.dossier.opened_at).days + 1}
    if page.matter.case:
        values = {"number": page.matter.case.number, "moment": opened, "day": day}
        return _("Case %(number)s · opened %(moment)s · %(day)s") % values
    return _("Signal · received %(moment)s · %(day)s") % {"moment": opened, "day": day}


def nothing_owed() -> Empty:
    """Say that nobody owes anything."""
    return Empty(_("Nobody owes anything in this file"), _("What a procedure asks of a body stands here by itself."))


def parts() -> dict[str, str]:
    """Return the parts that units have in a file, in words."""
    return {
        "lead": _("leads"),
        "partner": _("partner"),
        "obliged": _("obliged"),
        "overseeing": _("oversees"),
        "informed": _("informed"),
        "granted": _("one sealed part"),
    }
