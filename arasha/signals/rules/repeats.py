"""Whether something happened again to the same child, or in the same class, within the time that a rule names."""

from dataclasses import dataclass
from datetime import datetime, time

from arasha.kernel.worktime.rules import ZONE, local
from arasha.signals.rules.codes import DATA
from arasha.signals.rules.matching import SAME, Described, compare
from arasha.signals.rules.noticing import months_before
from arasha.ui.rules import Code, CodeList

REPEAT_RULES = CodeList(DATA / "repeat_rules.csv")
CHILD, CLASS = "child", "class"


@dataclass(frozen=True)
class Told:
    """A report as it is compared: the child as described, the class, when it came, and in which case it is."""

    child: Described
    school_class: str
    at: datetime
    case: str = ""


def repeated(one: Told, earlier: Told) -> str:
    """Say what an earlier report shares with this one: the child, else the class, else nothing."""
    if one.case and one.case == earlier.case:
        return CHILD
    likeness = compare(one.child, earlier.child)
    if likeness.called == SAME and likeness.is_worth_showing:
        return CHILD
    one_school = one.child.school is not None and one.child.school == earlier.child.school
    named, before = one_class(one.school_class), one_class(earlier.school_class)
    return CLASS if one_school and named and named == before else ""


def one_class(written: str) -> str:
    """Return a class as it is compared: 7 "Б", 7-Б and 7б are one."""
    return "".join(sign for sign in written.casefold() if sign.isalnum())


def since(rule: Code, at: datetime) -> datetime:
    """Return how far back a rule looks."""
    return datetime.combine(months_before(local(at).date(), int(rule.more["months"])), time(), ZONE)
