"""What somebody has told so far, which question comes next, and the telling that it becomes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from arasha.doors.rules.telling import Telling
from arasha.signals.rules import CONCERNS, HINDRANCES, RINGS_FOR

BEFORE, NUMBERS, CHECK, SENT = "before", "numbers", "check", "sent"
# One question a page, in this order; region and place are one question on two pages.
QUESTIONS: Final = ("danger", "what", "words", "secret", "setting", "region", "place", "child", "reach")
COUNTED: Final = tuple(name for name in QUESTIONS if name != "place")
# What the one question of danger says of the two things that triage needs. Who can be reached today is not safe.
DANGER: Final[Mapping[str, tuple[str, str]]] = {
    "now": ("no", "yes"),
    "today": ("unknown", "yes"),
    "safe": ("yes", "no"),
    "unsure": ("unknown", "unknown"),
}
Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One telling while it is being told. `at` is the page, `returning` that it was opened from the check page.

    `ticket` and `code` belong together from the beginning, so that a page sent twice is one telling with one code.
    """

    teller: str
    ticket: UUID
    code: tuple[str, ...]
    language: str
    at: str = BEFORE
    returning: bool = False
    answers: Answers = field(default_factory=dict)

    def to_state(self) -> dict[str, Any]:
        """Return it as a page carries it."""
        return asdict(self) | {"ticket": str(self.ticket), "code": list(self.code)}

    @classmethod
    def from_state(cls, values: Mapping[str, Any]) -> "Story":
        """Return what a page carried."""
        return cls(**{**values, "ticket": UUID(values["ticket"]), "code": tuple(values["code"])})

    def pages(self) -> list[str]:
        """Return the pages of this story in order: the numbers, once, after danger now or risk of self-harm."""
        pages = [BEFORE, *QUESTIONS, CHECK]
        if self.answers.get("danger") == "now":
            pages.insert(pages.index("danger") + 1, NUMBERS)
        elif RINGS_FOR in self.answers.get("concerns", ()):
            pages.insert(pages.index("what") + 1, NUMBERS)
        return pages

    def number(self) -> int:
        """Return which question this page is, from 1; 0 where it is none."""
        name = "region" if self.at == "place" else self.at
        return COUNTED.index(name) + 1 if name in COUNTED else 0

    def onward(self) -> "Story":
        """Return the story on its next page; what was opened from the check page leads back there."""
        pages = self.pages()
        following = pages[pages.index(self.at) + 1]
        if self.returning and following not in {"place", NUMBERS}:
            return replace(self, at=CHECK, returning=False)
        return replace(self, at=following)

    def back(self) -> "Story":
        """Return the story on the page before; the first stays."""
        pages = self.pages()
        if self.returning and self.at != "place":
            return replace(self, at=CHECK, returning=False)
        return replace(self, at=pages[max(0, pages.index(self.at) - 1)])

    def opened(self, page: str) -> "Story":
        """Return the story on a question that is to be changed; an unknown page changes nothing."""
        return replace(self, at=page, returning=True) if page in QUESTIONS else self

    def answered(self, given: Mapping[str, Any]) -> "Story":
        """Return the story with these answers; nothing said is nothing kept."""
        kept = {name: value for name, value in self.answers.items() if name not in given}
        said = {name: value for name, value in given.items() if value not in ("", None, [])}
        if "region" in given and given["region"] != self.answers.get("region"):
            kept.pop("territory", None)
        return replace(self, answers=kept | said)

    def telling(self) -> Telling:
        """Return what is sent. What was ticked of what happens is a concern, or a hindrance of a statement."""
        said = self.answers
        ticked = said.get("concerns", ())
        safe_now, reached = DANGER.get(said.get("danger", ""), ("unknown", "unknown"))
        kind = said.get("institution_kind", "")
        where = said.get("whereabouts", "")
        return Telling(
            teller=self.teller,
            language=self.language,
            of_self=self.teller == "child",
            concerns=tuple(code for code in ticked if code in CONCERNS),
            hindrances=tuple(code for code in ticked if code in HINDRANCES),
            words=said.get("words", ""),
            safe_now=safe_now,
            reached=reached,
            must_not_know=said.get("must_not_know", ""),
            territory=said.get("territory", ""),
            whereabouts=where,
            child_called=said.get("child_called", ""),
            child_age=said.get("child_age"),
            child_sex=said.get("child_sex", "unknown"),
            may_ring=said.get("may_ring", ""),
            worker=said.get("worker", "either"),
            institution_kind=kind if kind != "none" else "",
            institution_called=where if kind not in ("", "none") else "",
        )
