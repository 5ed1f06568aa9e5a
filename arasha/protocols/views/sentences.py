"""A procedure in plain sentences of the reader's language: who, what, by when, from when, because of what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.access.models import Function
from arasha.kernel.worktime.rules import formats
from arasha.law import rules as law
from arasha.law.queries import ActAt, acts
from arasha.protocols.rules import BODIES, IDENTIFIED, MET, WHERE_FOUND, Basis, Protocol, Rung, Step, Trigger
from arasha.protocols.rules.conditions import Conditions
from arasha.protocols.rules.words import word
from arasha.ui.rules.page import Link


@dataclass(frozen=True)
class BasisWords:
    """An act with the point cited, the tag of the state in which the act is known, and its page."""

    name: str
    point: str
    meaning: str
    status: str
    link: Link | None
    note: str


@dataclass(frozen=True)
class Who:
    """Whose duty, and how that body is found where that is not as for most: by function for the child's place."""

    name: str
    found: str


def language() -> str:
    """Return the reader's language: kk, ru or en."""
    return formats.known(get_language() or "kk")


def said(words: Mapping[str, str]) -> str:
    """Return the reader's language of words that stand in three."""
    return words.get(language()) or words["en"]


def required(step: Step) -> list[str]:
    """Return what must be so in the file before the step can be met."""
    words = {
        "children_considered": _("every other child on the list has a decision or a reason"),
        "colleagues_considered": _("every colleague on the list has a decision or a reason"),
    }
    return [words[code] for code in sorted(step.requires)]


def capital(text: str) -> str:
    """Return the text with its first letter a capital."""
    return text[:1].upper() + text[1:]


class Sentences:
    """Puts the parts of procedures into words; asks for functions and acts once."""

    def __init__(self, protocols: Iterable[Protocol], now: datetime) -> None:
        """Read what these procedures name."""
        known = list(protocols)
        self.functions = {row.code: row for row in Function.objects.all()}
        cited = acts(sorted({basis.act for one in known for basis in _all_bases(one)}), now)
        self.acts = cited | acts(sorted({act.replaced_by for act in cited.values()} - {"", *cited}), now)

    def function(self, code: str) -> str:
        """Return a function's label."""
        row = self.functions.get(code)
        return str(getattr(row, f"label_{language()}", code)) if row else code

    def who(self, step: Step) -> Who:
        """Say whose duty a step is."""
        if step.body in BODIES:
            role = {"function": self.function(step.function)}
            found = _("Where the event names none, by function for the child’s place: %(function)s") % role
            return Who(capital(word("body", step.body, language())), found)
        if step.place == WHERE_FOUND:
            return Who(self.function(step.function), _("Found where the child was found, not where the child lives"))
        return Who(self.function(step.function), "")

    def limit(self, step: Step) -> str:
        """Say how long the body has."""
        limit = formats.format_limit(step.limit, language())
        return _("the day that is named; else %(limit)s") % {"limit": limit} if step.day_named else limit

    def counted_from(self, protocol: Protocol, step: Step) -> str:
        """Say from which moment the limit counts."""
        if step.counts_from == IDENTIFIED:
            return _("from the moment at which it was identified, as the report says")
        if step.on:
            return _("from that moment")
        return _("from the moment of the event: %(event)s") % {"event": self.event(protocol, protocol.trigger)}

    def event(self, protocol: Protocol, trigger: Trigger) -> str:
        """Say what must happen; the meeting of earlier steps by what they are and how they were answered."""
        if trigger.event != MET:
            return word("event", trigger.event, language())
        wanted = trigger.conditions.when
        steps = [protocol.step(key) for key in wanted.get("step", ())]
        values = {"things": _or(dict.fromkeys(said(step.what) for step in steps))}
        outcomes = {
            outcome.code: said(outcome.words)
            for step in steps
            for outcome in step.outcomes
            if outcome.code in wanted.get("outcome", ())
        }
        if outcomes:
            values["outcomes"] = _or(outcomes.values())
            return _("when this was answered: %(things)s – %(outcomes)s") % values
        return _("when this was done: %(things)s") % values

    def conditions(self, conditions: Conditions, *, leave_out: Iterable[str] = ()) -> list[str]:
        """Say what the event's codes must and must not say, one line for each code."""
        lines = [
            _("%(code)s: %(values)s") % {"code": capital(self.code(code)), "values": self.values(code, values)}
            for code, values in conditions.when.items()
            if code not in leave_out
        ]
        return lines + [
            _("%(code)s: anything but %(values)s, also where nothing was said")
            % {"code": capital(self.code(code)), "values": self.values(code, values)}
            for code, values in conditions.unless.items()
        ]

    def step_conditions(self, step: Step) -> list[str]:
        """Say what must hold for the step besides the event that raises it."""
        later = step.on.conditions if step.on else Conditions()
        return self.conditions(step.conditions) + self.conditions(later, leave_out=("step", "outcome"))

    def code(self, code: str) -> str:
        """Name a code of an event."""
        return word("code", code, language())

    def values(self, code: str, values: Sequence[str]) -> str:
        """Name values of a code, joined by or."""
        return _or(word(code, value, language()) for value in values)

    def bases(self, bases: Iterable[Basis]) -> list[BasisWords]:
        """Return each act with the point cited and the state in which it is known."""
        return [self._basis(basis) for basis in bases]

    def _basis(self, basis: Basis) -> BasisWords:
        act = self.acts.get(basis.act)
        meaning, status = status_of(act)
        note = note_of(act, self.acts)
        link = Link(said(act.names) if act else basis.act, f"/procedures/acts/{basis.act}/") if act else None
        return BasisWords(link.label if link else basis.act, said(basis.point), meaning, status, link, note)

    def rung(self, rung: Rung) -> tuple[str, str]:
        """Return who hears of silence, and how long after the missed moment."""
        who = self.function(rung.function) if rung.function else _("The unit above the one that owes")
        if rung.after is None:
            return who, _("at once")
        return who, _("%(delay)s after the missed moment") % {"delay": formats.format_limit(rung.after, language())}

    def ladder(self, protocol: Protocol, step: Step) -> str:
        """Say in one sentence what the silence of a step does."""
        rungs = [self.rung(rung) for rung in protocol.ladder_of(step)]
        return "; ".join(f"{when}: {who}" for who, when in rungs)


def note_of(act: ActAt | None, known: Mapping[str, ActAt]) -> str:
    """Say what replaced an act, or that nobody has checked its text yet."""
    if act is None or act.practice:
        return ""
    if act.status == law.REPLACED and act.replaced_by:
        successor = known.get(act.replaced_by)
        return _("replaced by: %(act)s") % {"act": said(successor.names) if successor else act.replaced_by}
    return "" if act.checked else _("nobody has checked the act’s text yet")


def status_of(act: ActAt | None) -> tuple[str, str]:
    """Return the tag's meaning and words for the state in which an act is known."""
    if act is None:
        return "unsure", _("not in the table of acts")
    if act.practice:
        return "unsure", _("field practice, not an act")
    return {
        law.IN_FORCE: ("open", _("in force")),
        law.NOT_YET: ("unsure", _("not yet in force")),
        law.REPLACED: ("late", _("no longer in force")),
        law.NOT_VERIFIED: ("unsure", _("act not verified")),
    }[act.status]


def _all_bases(protocol: Protocol) -> Iterable[Basis]:
    yield from protocol.ladder_basis
    for bases in (*(step.basis for step in protocol.steps), *(bound.basis for bound in protocol.bound)):
        yield from bases


def _or(words: Iterable[str]) -> str:
    return _(" or ").join(words)
