"""Which answers of a page change the page itself."""

from arasha.questionnaires.rules.form import Question
from arasha.questionnaires.rules.paging.pages import UNSEEN, Page
from arasha.questionnaires.rules.places import Names
from arasha.questionnaires.rules.plan import Entry, Plan


def drivers(plan: Plan, page: Page) -> frozenset[Names]:
    """Return the questions of a page on which its other parts depend, through formulas too."""
    on_page = {names: entry for names, entry in plan.entries.items() if page.holds(names)}
    needed: set[Names] = set()
    for entry in on_page.values():
        needed |= entry.shows | (entry.relevant.reads if entry.relevant else set())
        needed |= entry.required.reads if entry.required else set()
        if entry.calculation and isinstance(entry.node, Question) and entry.node.kind not in UNSEEN:
            needed |= entry.calculation.reads
    return frozenset(names for names in _behind(plan, needed) & set(on_page) if _answered(on_page[names]))


def _answered(entry: Entry) -> bool:
    question = entry.node
    return isinstance(question, Question) and question.kind not in UNSEEN and not question.calculation


def _behind(plan: Plan, needed: set[Names]) -> set[Names]:
    """Return names and all that they depend on: through formulas, and through what is relevant."""
    found: set[Names] = set()
    waiting = list(needed)
    while waiting:
        names = waiting.pop()
        if names in found:
            continue
        found.add(names)
        for length in range(1, len(names) + 1):
            above = plan.entries[names[:length]]
            waiting += above.relevant.reads if above.relevant else ()
        calculation = plan.entries[names].calculation
        waiting += calculation.reads if calculation else ()
    return found
