"""Two versions side by side: what differs, in words, and how many files run under the older one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import allows, signed_in
from arasha.kernel.worktime.rules.formats import format_limit
from arasha.protocols.queries.affected import files_under
from arasha.protocols.rules import Protocol, Step
from arasha.protocols.rules.differences import Difference, Field, differences
from arasha.protocols.views import standings
from arasha.protocols.views.pages import found
from arasha.protocols.views.presenting import address
from arasha.protocols.views.sentences import Sentences, capital, language, required, said
from arasha.ui.rules.page import Link

NAMES = {
    Field.TITLE: gettext_lazy("Title on a file"),
    Field.NAME: gettext_lazy("Name of the procedure"),
    Field.VALIDITY: gettext_lazy("Valid"),
    Field.VERIFIED: gettext_lazy("Checked against the acts"),
    Field.SOURCE: gettext_lazy("Source"),
    Field.START: gettext_lazy("What starts it"),
    Field.BOUND: gettext_lazy("Who must report"),
    Field.LADDER: gettext_lazy("What silence does"),
    Field.LADDER_BASIS: gettext_lazy("What the ladder rests on"),
    Field.SUBSTITUTES: gettext_lazy("Who takes a missing body’s place"),
    Field.TAKEOVER: gettext_lazy("Least time of who takes over"),
    Field.ADDED: gettext_lazy("New step"),
    Field.REMOVED: gettext_lazy("Step that falls away"),
    Field.PLACE: gettext_lazy("Order of the steps"),
    Field.OWNER: gettext_lazy("Owed by"),
    Field.RAISED: gettext_lazy("When it arises"),
    Field.CONDITIONS: gettext_lazy("Only when"),
    Field.WHAT: gettext_lazy("What is owed"),
    Field.ACT: gettext_lazy("Act to be done"),
    Field.LIMIT: pgettext_lazy("deadline", "Limit"),
    Field.FROM: gettext_lazy("Counted"),
    Field.NOTICE: gettext_lazy("Written notice"),
    Field.OUTCOMES: gettext_lazy("Possible answers"),
    Field.EVIDENCE: gettext_lazy("Evidence asked"),
    Field.BASIS: gettext_lazy("Legal basis"),
    Field.BLOCKS: gettext_lazy("While it is open"),
    Field.REQUIRES: gettext_lazy("Before it can be met"),
    Field.SILENCE: gettext_lazy("What silence does"),
}
LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@signed_in
@require_safe
def page(request: StaffRequest, code: str, number: int, other: int) -> HttpResponse:
    """Show what differs between two versions of a procedure, the older one first."""
    one, _others = found(request, code, number)
    another, _others = found(request, code, other)
    if one.row.number == another.row.number:
        raise Http404
    old, new = sorted((one, another), key=lambda volume: volume.row.number)
    words = _Words(old.protocol, new.protocol, Sentences([old.protocol, new.protocol], request.now))
    found_all = differences(old.protocol, new.protocol)
    rows = [words.row(one) for one in found_all if one.field not in {Field.ADDED, Field.REMOVED}]
    values = {"old": old.row.number, "new": new.row.number}
    counted = allows(request.actor, "see_figures")
    context = {
        "page_title": _("What differs between version %(old)s and version %(new)s") % values,
        "page_meta": said(new.protocol.called),
        "trail": [
            Link(_("Procedures"), reverse("protocols:list")),
            Link(said(new.protocol.called), address("page", new)),
            Link(_("Show the differences"), "", current=True),
        ],
        "old": (old, standings.tag_of(old), standings.days(old), address("page", old)),
        "new": (new, standings.tag_of(new), standings.days(new), address("page", new)),
        "whole": [row for row in rows if row["key"] is None],
        "steps": _by_step(rows),
        "added": [words.step(new.protocol, one.after) for one in found_all if one.after and one.field is Field.ADDED],
        "removed": [words.step(old.protocol, one.before) for one in found_all if one.before and not one.after],
        "files": files_under(request.actor, [old.row.pk]).get(old.row.pk, 0) if counted else None,
    }
    return render(request, "protocols/difference.html", context)


def _by_step(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps that stand in both versions, each with its lines."""
    steps: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["key"] is not None:
            steps.setdefault(row["key"], {"title": row["title"], "rows": []})["rows"].append(row)
    return list(steps.values())


class _Words:
    """Puts differences into the reader's words; where these are the same, shows the languages that differ."""

    def __init__(self, old: Protocol, new: Protocol, sentences: Sentences) -> None:
        self.old, self.new, self.sentences = old, new, sentences

    def row(self, difference: Difference) -> dict[str, Any]:
        """Return one line of the table."""
        field, before, after = difference.field, difference.before, difference.after
        if difference.key is None:
            told = (self._whole(self.old, field), self._whole(self.new, field))
        else:
            told = (self._part(self.old, before, field), self._part(self.new, after, field))
        title = f"{self.sentences.who(after).name}: {said(after.what)}" if after else ""
        return {
            "key": difference.key,
            "title": title,
            "field": str(NAMES[field]),
            "before": told[0],
            "after": told[1] if told[0] != told[1] else [*told[1], _("The wording in another language differs.")],
            "hidden": self._hidden(difference) if told[0] == told[1] else [],
        }

    def _hidden(self, difference: Difference) -> list[tuple[str, str, str]]:
        """Return language, text before and text after where only another language's text differs."""
        pairs: dict[Field, Any] = {
            Field.TITLE: (self.old.title, self.new.title),
            Field.WHAT: (difference.before and difference.before.what, difference.after and difference.after.what),
            Field.ACT: (difference.before and difference.before.act, difference.after and difference.after.act),
            Field.EVIDENCE: (
                difference.before and difference.before.evidence,
                difference.after and difference.after.evidence,
            ),
        }
        before, after = pairs.get(difference.field, (None, None))
        if not before or not after:
            return []
        return [(LANGUAGES[code], before[code], after[code]) for code in LANGUAGES if before[code] != after[code]]

    def _whole(self, protocol: Protocol, field: Field) -> list[str]:
        say = self.sentences
        ends = [_("until %(day)s") % {"day": standings.day(protocol.valid_to)}] if protocol.valid_to else []
        return {
            Field.TITLE: lambda: [said(protocol.title)],
            Field.NAME: lambda: [said(protocol.called)],
            Field.TAKEOVER: lambda: [format_limit(protocol.takeover, language()) if protocol.takeover else _("none")],
            Field.VALIDITY: lambda: [_("from %(day)s") % {"day": standings.day(protocol.valid_from)}, *ends],
            Field.VERIFIED: lambda: [protocol.verified_by or pgettext("checked", "nobody yet")],
            Field.SOURCE: lambda: [protocol.source],
            Field.START: lambda: [
                capital(say.event(protocol, protocol.trigger)),
                *say.conditions(protocol.trigger.conditions),
            ],
            Field.BOUND: lambda: [f"{said(one.who)} – {said(one.to)}: {said(one.what)}" for one in protocol.bound],
            Field.LADDER: lambda: [f"{when}: {who}" for who, when in map(say.rung, protocol.ladder)],
            Field.LADDER_BASIS: lambda: self._bases(protocol.ladder_basis),
            Field.SUBSTITUTES: lambda: [say.function(code) for code in protocol.substitutes],
            Field.PLACE: lambda: [said(step.what) for step in protocol.steps],
        }[field]()

    def _part(self, protocol: Protocol, step: Step | None, field: Field) -> list[str]:
        if step is None:
            return []
        say = self.sentences
        return {
            Field.OWNER: lambda: [line for line in (say.who(step).name, say.who(step).found) if line],
            Field.RAISED: lambda: [capital(say.event(protocol, step.on or protocol.trigger))],
            Field.CONDITIONS: lambda: say.conditions(step.conditions) or [_("always")],
            Field.WHAT: lambda: [said(step.what)],
            Field.ACT: lambda: [said(step.act)],
            Field.LIMIT: lambda: [say.limit(step)],
            Field.FROM: lambda: [say.counted_from(protocol, step)],
            Field.NOTICE: lambda: [_("with delivery and receipt") if step.notice else _("no")],
            Field.OUTCOMES: lambda: [said(outcome.words) for outcome in step.outcomes] or [_("any statement")],
            Field.EVIDENCE: lambda: [said(step.evidence)],
            Field.BASIS: lambda: self._bases(step.basis),
            Field.BLOCKS: lambda: [_("the case can’t be closed") if step.blocks else _("nothing is held up")],
            Field.REQUIRES: lambda: required(step) or [_("nothing more")],
            Field.SILENCE: lambda: [say.ladder(protocol, step)],
        }[field]()

    def step(self, protocol: Protocol, step: Step) -> dict[str, Any]:
        """Return a whole step that stands in one of the versions alone."""
        return {
            "number": protocol.steps.index(step) + 1,
            "who": self.sentences.who(step).name,
            "what": capital(said(step.what)),
            "act": said(step.act),
            "limit": self.sentences.limit(step),
            "raised": capital(self.sentences.event(protocol, step.on or protocol.trigger)),
            "conditions": self.sentences.step_conditions(step),
        }

    def _bases(self, bases: Any) -> list[str]:
        return [f"{basis.name}: {basis.point}" for basis in self.sentences.bases(bases)]
