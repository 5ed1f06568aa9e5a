"""A chat: what somebody writes, as a letter, and what they are shown of a sitting, sealed to their code."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal
from uuid import UUID, uuid5

from django.views.decorators.debug import sensitive_variables

from arasha.doors.rules.telling import NotATelling
from arasha.kernel.vault.rules import open_letter, seal_letter

# So many letters of one message of a chat; the page counts them.
MOST_CHAT: Final = 2000
SITTING: Final = "arasha.sitting.1"
# What is shown of a sitting: so many messages and so many bytes of words, the newest of them.
MOST_LINES: Final = 100
MOST_BYTES: Final = 48_000
Course = Literal["waiting", "open", "ended", "left"]


@dataclass(frozen=True, slots=True)
class Chat:
    """One message of a chat. `leave`: nobody is to be waited for any more, it is told as by the other doors."""

    words: str
    language: str = "kk"
    leave: bool = False

    def to_json(self) -> str:
        """Return it as it stands in a letter."""
        return json.dumps({"chat": 1, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Chat":
        """Return what a letter says. Raises NotATelling."""
        try:
            said: dict[str, Any] = json.loads(text)
            if said["chat"] != 1:
                raise NotATelling
            return cls(str(said["words"]), str(said["language"]), bool(said["leave"]))
        except (ValueError, KeyError, TypeError) as error:
            raise NotATelling from error


@dataclass(frozen=True, slots=True)
class Line:
    """What one who answers said, and when: an hour of the day."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """What somebody is shown of a sitting: what was answered in it, never what they wrote themselves.

    `course`: nobody has come yet, somebody is there, it has ended, or it was left as a message to be answered later.
    """

    course: Course
    day: str
    lines: tuple[Line, ...] = ()

    def fitting(self) -> "Sitting":
        """Return it with as many of the newest lines as are shown."""
        kept: list[Line] = []
        room = MOST_BYTES
        for line in reversed(self.lines[-MOST_LINES:]):
            room -= len(json.dumps(asdict(line), ensure_ascii=False).encode())
            if room < 0:
                break
            kept.append(line)
        return Sitting(self.course, self.day, tuple(reversed(kept)))


def letter_ticket(ticket: UUID, chat: Chat) -> UUID:
    """Return the ticket of a letter: of one page and the same words it is the same, of other words another.

    Whoever sends again because the network dropped may have changed the words: then both came in, and nothing is lost.
    """
    return uuid5(ticket, chat.to_json())


@sensitive_variables()
def seal_sitting(public: bytes, sitting: Sitting) -> bytes:
    """Return a sitting sealed to a code's public half."""
    shown = sitting.fitting()
    lines = [[line.at, line.words] for line in shown.lines]
    said = json.dumps({"course": shown.course, "day": shown.day, "lines": lines}, ensure_ascii=False)
    return seal_letter(public, said.encode(), about=SITTING)


@sensitive_variables()
def open_sitting(private: bytes, sealed: bytes) -> Sitting:
    """Return what was said in a sitting. Raises SealBroken."""
    said = json.loads(open_letter(private, sealed, about=SITTING))
    lines: Sequence[Sequence[str]] = said["lines"]
    return Sitting(said["course"], said["day"], tuple(Line(at, words) for at, words in lines))
