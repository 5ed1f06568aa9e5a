"""What the page of a chat carries to the next one: no word of what was written, nor of what was answered."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from arasha.doors.rules.boxes import private_of

BEFORE, CODE, TALK = "before", "code", "talk"
PAGES: Final = (BEFORE, CODE, TALK)


@dataclass(frozen=True, slots=True)
class Talk:
    """One chat on one phone. `ticket` names the page, `begun` that something was taken in, `sent` the hour of the last.

    `half` is the private half that the code makes: looking for an answer every few seconds needs no slow work.
    """

    code: tuple[str, ...]
    language: str
    ticket: UUID
    at: str = BEFORE
    begun: bool = False
    sent: str = ""
    half: bytes = b""

    def to_state(self) -> dict[str, Any]:
        """Return it as a page carries it."""
        return {
            "code": list(self.code),
            "language": self.language,
            "ticket": str(self.ticket),
            "at": self.at,
            "begun": self.begun,
            "sent": self.sent,
            "half": base64.b64encode(self.half).decode(),
        }

    @classmethod
    def from_state(cls, values: Mapping[str, Any]) -> "Talk":
        """Return what a page carried."""
        more = {
            "code": tuple(values["code"]),
            "ticket": UUID(values["ticket"]),
            "half": base64.b64decode(values["half"]),
        }
        return cls(**{**values, **more})

    def onward(self) -> "Talk":
        """Return it on its next page; the last stays."""
        following = PAGES[min(PAGES.index(self.at) + 1, len(PAGES) - 1)]
        return replace(self, at=following, half=self.half or private_of(self.code))

    def back(self) -> "Talk":
        """Return it on the page before; what has begun stays."""
        return self if self.at == TALK else replace(self, at=BEFORE)
