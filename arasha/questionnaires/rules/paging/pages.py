"""Which questions stand on a page together: a group of them, or one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from arasha.questionnaires.rules.form import Form, Group, Question
from arasha.questionnaires.rules.places import Names
from arasha.questionnaires.rules.plan import Plan, names_of, plan_of

UNSEEN = {"calculate", "hidden"}


@dataclass(frozen=True)
class Page:
    """A page of a form. `name` stays when other pages come and go; `members` are what stands on it, by path."""

    name: str
    number: int
    members: tuple[str, ...]

    def covers(self, names: Names) -> bool:
        """Say whether a node stands on the page, or leads to what does."""
        return any(names[: len(member)] == member[: len(names)] for member in (names_of(path) for path in self.members))

    def holds(self, names: Names) -> bool:
        """Say whether a node stands on the page itself."""
        return any(names[: len(member)] == member for member in (names_of(path) for path in self.members))


def pages_of(form: Form, by: str = "group") -> tuple[Page, ...]:
    """Return a form's pages.

    Args:
        form: the form.
        by: "group": each group on top is a page, and so are questions between groups, together; "question": each
            question is a page with the notes before it. A repeat is one page with all its repetitions.
    """
    gathered = _by_question(form.root) if by == "question" else _by_group(form.root)
    pages = [members for members in gathered if any(_shown(member) for member in members)]
    return tuple(
        Page(members[-1].path.removeprefix(f"{form.root.path}/"), number, tuple(member.path for member in members))
        for number, members in enumerate(pages, start=1)
    )


def _shown(node: Question | Group) -> bool:
    if isinstance(node, Group):
        return any(_shown(child) for child in node.children)
    return node.kind not in UNSEEN


def _by_group(root: Group) -> list[list[Question | Group]]:
    pages: list[list[Question | Group]] = []
    loose = False
    for node in root.children:
        if isinstance(node, Question) and node.kind in UNSEEN:
            continue
        if isinstance(node, Question) and loose:
            pages[-1].append(node)
        else:
            pages.append([node])
        loose = isinstance(node, Question)
    return pages


def _by_question(root: Group) -> list[list[Question | Group]]:
    pages: list[list[Question | Group]] = []
    notes: list[Question | Group] = []
    for node in _flat(root):
        if isinstance(node, Question) and node.kind in UNSEEN:
            continue
        notes.append(node)
        if not (isinstance(node, Question) and node.kind == "note"):
            pages.append(notes)
            notes = []
    return [*pages, notes] if notes else pages


def _flat(group: Group) -> list[Question | Group]:
    found: list[Question | Group] = []
    for node in group.children:
        found += _flat(node) if isinstance(node, Group) and not node.repeat else [node]
    return found


def relevant_pages(form: Form, pages: Sequence[Page], relevant: frozenset[str]) -> tuple[Page, ...]:
    """Return the pages on which something is relevant, by the keys of an evaluation; a repeat without rows counts."""
    plan = plan_of(form)
    return tuple(page for page in pages if any(_counts(plan, path, relevant) for path in page.members))


def _counts(plan: Plan, path: str, relevant: frozenset[str]) -> bool:
    node = plan.entries[names_of(path)].node
    if isinstance(node, Question):
        return _key(path) in relevant
    if node.repeat:
        parent = _key(path).rpartition("/")[0]
        return not parent or parent in relevant
    return _key(path) in relevant and any(
        _counts(plan, child.path, relevant) for child in node.children if _shown(child)
    )


@lru_cache(maxsize=4096)
def _key(path: str) -> str:
    return path.strip("/").partition("/")[2]


def page_at(pages: Sequence[Page], name: str) -> Page | None:
    """Return the page of a name; without a name the first."""
    if not name:
        return pages[0] if pages else None
    return next((page for page in pages if page.name == name), None)


def step(pages: Sequence[Page], page: Page, by: int) -> Page | None:
    """Return the next relevant page (1) or the one before (-1), also from a page that is no longer among them."""
    if by > 0:
        return next((each for each in pages if each.number > page.number), None)
    return next((each for each in reversed(pages) if each.number < page.number), None)
