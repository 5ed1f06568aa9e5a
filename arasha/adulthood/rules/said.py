"""What people say of an application, checked before anything is written. Raises Faulty with field and code."""

from dataclasses import dataclass, field

from arasha.adulthood.rules.lists import GROUNDS, KINDS, PRESSURES

LONGEST, LONGEST_LINE = 4000, 200


class Faulty(ValueError):
    """Something is missing or can't be: `faults` are pairs of field and code."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = list(faults)
        super().__init__(str(self.faults))


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What the child asks for, in the child's words; who must not know; where letters go."""

    kind: str
    words: str = field(repr=False)
    keep_from: str = field(default="", repr=False)
    letters: str = field(default="", repr=False)

    def check(self) -> None:
        """Raise Faulty for what can't be."""
        faults = [] if self.kind in KINDS else [("kind", "choose")]
        faults += checked("words", self.words, LONGEST)
        faults += [(name, "long") for name in ("keep_from", "letters") if len(getattr(self, name)) > LONGEST_LINE]
        if faults:
            raise Faulty(*faults)


@dataclass(frozen=True, kw_only=True)
class Dismissal:
    """Who dismissed it: body, name and position, on what ground, in which words."""

    ground: str
    body: str
    name: str = field(repr=False)
    position: str = field(repr=False)
    law: str = field(repr=False)
    words: str = field(repr=False)

    def check(self) -> None:
        """Raise Faulty for what can't be: nobody dismisses a child's application without a name."""
        faults = [] if self.ground in GROUNDS else [("ground", "choose")]
        for name in ("body", "name", "position", "law"):
            faults += checked(name, getattr(self, name), LONGEST_LINE)
        faults += checked("words", self.words, LONGEST)
        if faults:
            raise Faulty(*faults)


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """That the child, heard alone and by somebody who is no parent, takes it back; and what was said of pressure."""

    alone: bool
    pressure: str
    words: str = field(repr=False)

    def check(self) -> None:
        """Raise Faulty for what can't be."""
        faults = [] if self.alone else [("alone", "alone")]
        faults += [] if self.pressure in PRESSURES else [("pressure", "choose")]
        faults += checked("words", self.words, LONGEST)
        if faults:
            raise Faulty(*faults)


def checked(name: str, text: str, longest: int) -> list[tuple[str, str]]:
    """Return what is wrong with words that must be there."""
    if not text.strip():
        return [(name, "empty")]
    return [(name, "long")] if len(text) > longest else []
