"""Storage that keeps in memory what the pages send, and raises what a test asks for."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from arasha.doors import actions, queries
from arasha.doors.rules import Telling


@dataclass
class Box:
    """What a mailbox shows."""

    state: str = "received"
    answer: str = ""
    answered_on: date | None = None


@dataclass
class Storage:
    """Mailboxes by code, tellings by ticket, further words by ticket."""

    boxes: dict[tuple[str, ...], Box] = field(default_factory=dict)
    tellings: dict[UUID, Telling] = field(default_factory=dict)
    more: dict[UUID, str] = field(default_factory=dict)
    fails: Exception | None = None

    def _may_fail(self) -> None:
        if self.fails:
            raise self.fails

    def post_telling(self, *, telling: Telling, code: Any, ticket: UUID) -> None:
        self._may_fail()
        if ticket not in self.tellings:
            self.tellings[ticket] = telling
            self.boxes[tuple(code)] = Box()

    def mailbox(self, code: Any) -> Box:
        self._may_fail()
        if tuple(code) not in self.boxes:
            raise queries.NoMailbox
        return self.boxes[tuple(code)]

    def write_again(self, *, code: Any, words: str, ticket: UUID) -> None:
        self.mailbox(code)
        self.more[ticket] = words

    def change_code(self, *, code: Any, new_code: Any) -> None:
        self.boxes[tuple(new_code)] = self.mailbox(code)
        del self.boxes[tuple(code)]

    def forget(self, *, code: Any) -> None:
        self.mailbox(code)
        del self.boxes[tuple(code)]


def installed(monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Put it in the place of the real storage."""
    storage = Storage()
    for name in ("post_telling", "write_again", "change_code", "forget"):
        monkeypatch.setattr(actions, name, getattr(storage, name), raising=False)
    monkeypatch.setattr(queries, "mailbox", storage.mailbox, raising=False)
    return storage
