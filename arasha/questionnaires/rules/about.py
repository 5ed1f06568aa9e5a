"""What a form says of itself, beside its questions."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from arasha.questionnaires.rules.books import LANGUAGES, Book

Texts = Mapping[str, str]


@dataclass(frozen=True)
class About:
    """Title, purpose and source by language; the facet under which answers lie; what kind of form, and its pages.

    `pages` is "group" (a top-level group a page) or "question" (one question a page). `verified_by` is empty until
    somebody who may has verified the content. `ages` ("13-17") and `functions` (codes with a space between) say for
    whom and by whom it is filled in; empty: for every child, by whoever may write its facet.
    """

    title: Texts
    purpose: Texts
    source: Texts
    facet: str
    kind: str
    pages: str
    verified_by: str = ""
    ages: str = ""
    functions: str = ""

    @classmethod
    def of(cls, book: Book) -> "About":
        """Return what a book that passed the lint says."""
        said = book.about()
        named = ("facet", "kind", "pages", "verified_by", "ages", "functions")
        coded = {name: said.get(name, {}).get("kk", "") for name in named}
        return cls(said["title"], said["purpose"], said["source"], **coded)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "About":
        """Return what was kept."""
        return cls(**content)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    def suits(self, age: int | None) -> bool:
        """Say whether it is filled in for a child of this age; of an unknown age each form is."""
        first, _dash, last = self.ages.partition("-")
        return not first or age is None or int(first) <= age <= int(last)

    def filled_in_by(self, functions: Collection[str]) -> bool:
        """Say whether a unit with these functions fills it in."""
        return not self.functions or not set(self.functions.split()).isdisjoint(functions)

    def titled(self, language: str) -> str:
        """Return the title in a language."""
        return self.title.get(language) or self.title[next(iter(LANGUAGES))]
