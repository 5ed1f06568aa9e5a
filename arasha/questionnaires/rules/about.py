"""What a form says of itself, beside its questions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from arasha.questionnaires.rules.books import LANGUAGES, Book

Texts = Mapping[str, str]


@dataclass(frozen=True)
class About:
    """Title, purpose and source by language; the facet under which answers lie; what kind of form, and its pages.

    `pages` is "group" (a top-level group a page) or "question" (one question a page). `verified_by` is empty until
    somebody who may has verified the content.
    """

    title: Texts
    purpose: Texts
    source: Texts
    facet: str
    kind: str
    pages: str
    verified_by: str = ""

    @classmethod
    def of(cls, book: Book) -> "About":
        """Return what a book that passed the lint says."""
        said = book.about()
        coded = {name: said.get(name, {}).get("kk", "") for name in ("facet", "kind", "pages", "verified_by")}
        return cls(said["title"], said["purpose"], said["source"], **coded)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "About":
        """Return what was kept."""
        return cls(**content)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    def titled(self, language: str) -> str:
        """Return the title in a language."""
        return self.title.get(language) or self.title[next(iter(LANGUAGES))]
