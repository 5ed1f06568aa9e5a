"""A file's journey: which lanes there are, what stands on them, which silences lie between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from arasha.coordination import queries, rules
from arasha.coordination.models import Silence
from arasha.coordination.rules.watching import SILENCES
from arasha.coordination.views import presenting, telling
from arasha.kernel.worktime.rules import Calendar, local
from arasha.kernel.worktime.rules.formats import format_duration
from arasha.obligations.queries import link
from arasha.ui.rules.journey import DAYS, Gap, Lane, Mark, journey
from arasha.ui.rules.parts import Entry

LANES = 10
LISTED = 30
# Units that are expected to act: the silence of one that was only told of the file is not theirs.
ACTING = frozenset({"lead", "partner", "obliged"})
NOBODY = 0
# Rules whose silences are drawn from the acts themselves: on the child's lane, and over all lanes.
DRAWN_FROM_ACTS = frozenset({"unseen", "no_act"})
RULES = 3


@dataclass(frozen=True)
class Story:
    """What the journey draws: acts and coming deadlines with their numbers, and every silence."""

    entries: Sequence[tuple[int, rules.Entry]]
    everybody: Sequence[rules.Silence]
    answers: Sequence[rules.Silence]
    unseen: Sequence[rules.Silence]


def context(teller: telling.Teller, days: Calendar, noticed: Sequence[Silence]) -> dict[str, Any]:
    """Return the journey as the page shows it; `noticed` are the silences of the file that rules have found."""
    story = _story(teller)
    opened, now = local(teller.page.dossier.opened_at), local(teller.now)
    if story.entries:
        opened = min(opened, local(story.entries[0][1].at))
    off = frozenset(day for n in range(DAYS) if not days.works(day := (now - timedelta(days=n)).date()))
    first = opened.date()
    off |= frozenset(day for n in range(DAYS) if not days.works(day := first + timedelta(days=n)))
    everybody = [_gap(gap, teller, "all") for gap in story.everybody]
    return {
        "journey": journey(_lanes(story, teller, noticed), everybody, opened, now, off),
        "journey_list": _list(story, teller),
        "journey_sentence": _("Who did what when, a lane for each body. The time line says the same in words."),
        "journey_more": len(story.entries) > LISTED,
    }


def _story(teller: telling.Teller) -> Story:
    page, now = teller.page, teller.now
    told = teller.told(page.acts)
    is_open = page.dossier.closed_at is None
    drawn = [one for one in told if rules.is_drawn(one.verb) and (one.unit or one.kind == "signal")]
    drawn += _ahead(teller)
    numbered = list(enumerate(sorted(drawn, key=lambda one: one.at), 1))
    return Story(
        entries=numbered,
        everybody=rules.silences(told, now, open_file=is_open),
        answers=rules.unanswered(teller.duties(), now),
        unseen=rules.unseen(told, page.dossier.opened_at, now, open_file=is_open),
    )


def _ahead(teller: telling.Teller) -> list[rules.Entry]:
    """Return the deadlines that are still to come, as entries."""
    return [
        rules.Entry(
            row.due_now,
            "due",
            _("Due: %(what)s") % {"what": teller.what(row)},
            "waiting",
            link(row.pk),
            unit=row.unit_id or NOBODY,
            label=teller.what(row),
            work=False,
        )
        for row in teller.page.obligations
        if queries.is_owed(row) and row.due_now >= teller.now
    ]


def _lanes(story: Story, teller: telling.Teller, noticed: Sequence[Silence]) -> list[Lane]:
    """Return the child's lane, what rules found that nobody did, then the bodies in the order in which they appear."""
    part = {member.unit_id: member.part for member in reversed(teller.page.team)}
    order = list(dict.fromkeys(one.unit for _number, one in story.entries if one.unit))
    order += [unit for unit in part if unit and unit not in order and part[unit] in ACTING]
    lanes = [_child(story, teller), *_by_rule(noticed, teller)]
    lanes += [_lane(unit, part, story, teller) for unit in order[:LANES]]
    if order[LANES:]:
        marks = [_mark(number, one) for number, one in story.entries if one.unit in order[LANES:]]
        lanes.append(Lane(_("Other bodies"), "", marks))
    return lanes


def _child(story: Story, teller: telling.Teller) -> Lane:
    marks = [_mark(number, one) for number, one in story.entries if one.unit == NOBODY or one.seen]
    gaps = [_gap(gap, teller, "") for gap in rules.outside(story.unseen, story.everybody)]
    return Lane(_("The child"), _("reported, seen, heard"), marks, gaps, child=True)


def _by_rule(noticed: Sequence[Silence], teller: telling.Teller) -> list[Lane]:
    """Return a lane for each rule whose silences no other lane draws, those that last first; at most three."""
    lanes = []
    for rule in dict.fromkeys(row.rule for row in noticed if row.rule not in DRAWN_FROM_ACTS):
        rows = [row for row in noticed if row.rule == rule]
        found = [rules.Silence(row.since, row.ended_at or teller.now, row.ended_at is None, "rule") for row in rows]
        gaps = [_gap(gap, teller, "rule" if gap.open else "was") for gap in found]
        lasts = next((gap.words for gap in gaps if gap.kind == "rule"), _("found by a rule, over now"))
        lanes.append(Lane(SILENCES.label(rule), lasts, [], gaps))
    return lanes[:RULES]


def _lane(unit: int, part: Mapping[int | None, str], story: Story, teller: telling.Teller) -> Lane:
    marks = [_mark(number, one) for number, one in story.entries if one.unit == unit]
    silent = [gap for gap in story.answers if gap.unit == unit]
    gaps = [_gap(gap, teller, "") for gap in silent]
    if part.get(unit) in ACTING:
        own = [one for _number, one in story.entries]
        is_open = teller.page.dossier.closed_at is None
        still = rules.quiet(own, unit, teller.now, open_file=is_open)
        gaps += [_gap(gap, teller, "quiet") for gap in rules.outside(still, [*story.everybody, *silent])]
    words = presenting.parts()
    return Lane(teller.unit_name(unit), words.get(part.get(unit, ""), ""), marks, gaps)


def _mark(number: int, one: rules.Entry) -> Mark:
    return Mark(local(one.at), number, telling.KINDS[one.tone], one.label, one.url)


def _gap(gap: rules.Silence, teller: telling.Teller, kind: str) -> Gap:
    length = format_duration(gap.until - gap.since, telling.language())
    words = {
        "answer": _("no answer for %(length)s"),
        "quiet": _("nothing written for %(length)s"),
        "unseen": _("nobody saw the child for %(length)s"),
        "all": _("%(length)s: nobody"),
        "rule": _("for %(length)s"),
    }[gap.kind] % {"length": length}
    return Gap(local(gap.since), local(gap.until), words, length, kind)


def _list(story: Story, teller: telling.Teller) -> list[Entry]:
    """Return the same as a list, for narrow screens and paper: the newest entries, oldest first."""
    numbers = {id(one): number for number, one in story.entries}
    entries = [one for _number, one in story.entries][-LISTED:]
    since = entries[0].at if entries else None
    gaps = [gap for gap in [*story.everybody, *story.answers] if since is None or gap.until > since]
    return [telling.shown(item, teller, numbers.get(id(item))) for item in rules.woven(entries, gaps)]
