"""What people say of a sitting, checked before anything is written. Raises Faulty with field and code."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from arasha.conferences.rules.lists import ABSENCES, HEARERS, KINDS, NOT_ASKED, STANDINGS, VOICES

FAR = timedelta(days=366)
LONGEST, LONGEST_LINE = 4000, 200


class Faulty(ValueError):
    """Something is missing or can't be: `faults` are pairs of field and code."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = list(faults)
        super().__init__(str(self.faults))


@dataclass(frozen=True, kw_only=True)
class SittingSaid:
    """When and where a unit meets, as what; `link` leads to a meeting over the network."""

    kind: str
    at: datetime
    place: str = ""
    link: str = ""
    urgent: bool = False

    def check(self, now: datetime) -> None:
        """Raise Faulty for the first things that can't be."""
        faults = []
        if self.kind not in KINDS:
            faults.append(("kind", "choose"))
        if not now - timedelta(hours=12) <= self.at <= now + FAR:
            faults.append(("at", "day"))
        if not (self.place.strip() or self.link.strip()):
            faults.append(("place", "empty"))
        faults += [(name, "long") for name in ("place", "link") if len(getattr(self, name)) > LONGEST_LINE]
        if self.link and not self.link.startswith("https://"):
            faults.append(("link", "link"))
        if faults:
            raise Faulty(*faults)


@dataclass(frozen=True, kw_only=True)
class VoiceSaid:
    """How the child was heard and who may hear its words; `hearer`: the person that two of the choices name."""

    how: str
    reason: str = ""
    hears: str = ""
    said_on: date | None = None
    hearer: int | None = None
    words: str = field(default="", repr=False)

    def check(self, today: date) -> None:
        """Raise Faulty for what can't be."""
        if self.how not in VOICES:
            raise Faulty(("how", "choose"))
        if self.how == "not_asked" and self.reason not in NOT_ASKED:
            raise Faulty(("reason", "choose"))
        if self.how in {"silent", "not_asked"}:
            return
        faults = []
        if self.hears not in HEARERS:
            faults.append(("hears", "choose"))
        elif HEARERS[self.hears].more["named"] == "yes" and self.hearer is None:
            faults.append(("hearer", "choose"))
        if not self.words.strip() and self.hears != "nobody":
            faults.append(("words", "empty"))
        if len(self.words) > LONGEST:
            faults.append(("words", "long"))
        if self.said_on is not None and self.said_on > today:
            faults.append(("said_on", "future"))
        if faults:
            raise Faulty(*faults)

    def kept(self) -> "VoiceSaid":
        """Return it without what its answer does not ask for."""
        if self.how in {"silent", "not_asked"}:
            return VoiceSaid(how=self.how, reason=self.reason if self.how == "not_asked" else "", said_on=self.said_on)
        named = HEARERS[self.hears].more["named"] == "yes"
        return VoiceSaid(
            how=self.how,
            hears=self.hears,
            said_on=self.said_on,
            hearer=self.hearer if named else None,
            words=self.words.strip(),
        )


@dataclass(frozen=True, kw_only=True)
class DecisionSaid:
    """What is to be done, by which unit, by which day."""

    unit: int
    by_when: date
    text: str = field(repr=False)

    def check(self, today: date) -> None:
        """Raise Faulty for what can't be."""
        faults = [] if today <= self.by_when <= today + FAR else [("by_when", "day")]
        faults += check_text(self.text, "text")
        if faults:
            raise Faulty(*faults)


@dataclass(frozen=True)
class Mark:
    """How a unit stands at an item: there, represented, absent or aside, the last two with a reason."""

    standing: str
    reason: str = ""

    def check(self) -> None:
        """Raise Faulty for what can't be."""
        if self.standing not in STANDINGS:
            raise Faulty(("standing", "choose"))
        wanted = STANDINGS[self.standing].more["why"] == "yes"
        fits = self.reason in ABSENCES and ABSENCES[self.reason].more["of"] == self.standing
        if wanted != (fits if self.reason else False):
            raise Faulty(("reason", "choose"))


def check_text(text: str, name: str) -> list[tuple[str, str]]:
    """Return what is wrong with words that must be there."""
    if not text.strip():
        return [(name, "empty")]
    return [(name, "long")] if len(text) > LONGEST else []
