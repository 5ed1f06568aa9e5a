"""A referral as a promise: how it stands, what its receiver may read for which purpose, by when who owes what.

Pure: states, purposes, consents and times are data (`referral_*.csv`); nobody has verified them.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from arasha.kernel.access.rules import Facet, mask, matrix
from arasha.kernel.worktime.rules import Limit, Unit
from arasha.plans.rules import places
from arasha.plans.rules.codes import DATA
from arasha.ui.rules import CodeList

REFERRAL_STATES = CodeList(DATA / "referral_states.csv")
REFERRAL_STEPS = CodeList(DATA / "referral_steps.csv")
PURPOSES = CodeList(DATA / "referral_purposes.csv")
CONSENTS = CodeList(DATA / "referral_consents.csv")
WITHOUT = CodeList(DATA / "referral_without_consent.csv")
REFERRAL_LIMITS = CodeList(DATA / "referral_limits.csv")
SPECIALISTS = CodeList(DATA / "specialists.csv")

# For how long a receiver may read; the middle one is offered first.
READS_DAYS = (90, 180, 365)
LONGEST_WORDS = 4000
# How many children are referred to one service at once; the page shows as many files.
MOST_AT_ONCE = 50
REFERRAL, SPECIALIST = "referral", "specialist"  # the procedures by which the times are owed
# What each step of a place means to its referral: the answer that the duty is met with, and the event that goes on.
MET_BY = {
    "wait": "accepted",
    "book": "accepted",
    "miss": "accepted",
    "begin": "accepted",
    "refuse": "declined",
    "withdraw": "",
    "end": "",
}


class ReferralFaulty(ValueError):
    """Something of a referral is missing or can't be taken; `field` says what."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What is sent: a place at which offering, to which unit (None: no account), what for, with whose consent."""

    offering: UUID
    unit: int | None
    urgency: str
    purpose: str
    consent: str
    why: str = ""
    without: str = ""
    reads_days: int = READS_DAYS[1]
    after: UUID | None = None
    words: str = field(default="", repr=False)


def check_sending(said: Sending) -> None:
    """Raise ReferralFaulty for the first field that is missing or can't be taken."""
    if said.purpose not in PURPOSES:
        raise ReferralFaulty("purpose")
    check_consent(said.consent, said.without)
    if said.reads_days not in READS_DAYS:
        raise ReferralFaulty("reads_days")
    if not said.words.strip() or len(said.words) > places.LONGEST_WORDS:
        raise ReferralFaulty("words")


def check_consent(consent: str, without: str) -> None:
    """Raise ReferralFaulty unless somebody agreed, or a reason stands for sending without consent."""
    if consent not in CONSENTS:
        raise ReferralFaulty("consent")
    agreed = CONSENTS[consent].more["agreed"] == "yes"
    if agreed == bool(without) or (without and without not in WITHOUT):
        raise ReferralFaulty("without")


def agreed_of(text: str) -> tuple[str, str] | None:
    """Return consent and reason of one choice of a list, `child` or `without:danger`; None for what is none."""
    consent, _colon, without = text.partition(":")
    try:
        check_consent(consent, without)
    except ReferralFaulty:
        return None
    return consent, without


def agreements() -> list[tuple[str, str]]:
    """Return such choices with their words, in the reader's language: who agrees, then each reason without consent."""
    agreed = [(row.code, CONSENTS.label(row.code)) for row in CONSENTS if row.more["agreed"] == "yes"]
    return agreed + [(f"without:{row.code}", WITHOUT.label(row.code)) for row in WITHOUT]


def state_of(place_state: str, *, seen: bool, fed_back: bool) -> str:
    """Return how a referral stands: what its place says, and whether it was seen and fed back."""
    if place_state == "asked":
        return "seen" if seen else "sent"
    if place_state == "ended":
        return "fed_back" if fed_back else "completed"
    known = {"begun": "started", "refused": "declined", "withdrawn": "withdrawn", "handed_over": "handed_over"}
    return known.get(place_state, "accepted")


def purpose_of(service: str) -> str:
    """Return the purpose that a service is asked for as a rule."""
    fitting = (row.code for row in PURPOSES if service in row.more["services"].split())
    return next(fitting, "family")


def purpose_mask(purpose: str) -> int:
    """Return the mask of the facets that a purpose opens. Raises UnknownCode."""
    return mask(*(Facet[name.upper()] for name in PURPOSES[purpose].more["facets"].split()))


def reads_of(purpose: str, functions: set[str]) -> int:
    """Return the mask of what a unit with these functions reads for a purpose; no sealed facet is ever in it."""
    reads = 0
    for function in functions:
        reads |= matrix.of_functions().get(function, (0, 0))[0]
    return reads & matrix.of_parts()["partner"][0] & purpose_mask(purpose)


def limit(code: str) -> Limit:
    """Return a time of `referral_limits.csv`. Raises UnknownCode."""
    row = REFERRAL_LIMITS[code]
    return Limit(int(row.more["amount"]), Unit(row.more["unit"]))


def reads_until(days: int, now: datetime) -> datetime:
    """Return until when a receiver reads."""
    return now + timedelta(days=days)


def answer_facets(writes: int, reads: int) -> list[Facet]:
    """Return the facets under which an answer may lie: the specialist writes them and whoever asked reads them.

    The narrower come first; what everybody on the file reads comes last.
    """
    both = writes & reads
    wanted = (Facet.HEALTH, Facet.EDUCATION, Facet.JUSTICE, Facet.PLAN, Facet.OBLIGATIONS)
    return [facet for facet in wanted if both >> facet & 1]
