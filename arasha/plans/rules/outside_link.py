"""A link over which a service without an account answers one referral: its token, its code, what it opens.

What it opens is sealed under token and code together. The database holds hashes and that sealed sheet: neither a dump
of it nor the process of the public pages alone opens one.
"""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from arasha.kernel.vault.rules import derive
from arasha.plans.rules import places, referral
from arasha.plans.rules.codes import DATA
from arasha.ui.rules import CodeList

LINK_LIMITS = CodeList(DATA / "referral_link_limits.csv")
LINK_ENDS = CodeList(DATA / "referral_link_ends.csv")
ANSWERS = CodeList(DATA / "referral_link_answers.csv")

TOKEN_BYTES: Final = 16  # 128 random bits
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
DIGITS: Final = 8
CODE: Final = re.compile(rf"[0-9]{{{DIGITS}}}")
NOT_A_DIGIT: Final = re.compile(r"[\s\-–—.·]+")
# Some 10 ms a try, as for the codes of tellers. Tries are counted besides: five end the link.
COST: Final = {"n": 2**12, "r": 8, "p": 1, "maxmem": 2**24, "dklen": 32}
SALT: Final = b"arasha.plans.outside.1"
SHEET_SIZE: Final = 8192  # always the same, so that nothing tells how much was written
LONGEST_NAME, LONGEST_CONTACT = 120, 300
# What a place's step the answers are; accepting is a day agreed or the list.
STEPS: Final = {"decline": "refuse", "begin": "begin", "end": "end"}


@dataclass(frozen=True)
class Lock:
    """What token and code make: by what the link is found, what proves the code, and the key of the sheet."""

    found: bytes
    proof: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a link shows, and nothing else. Name and contact are empty unless the sender chose to tell them."""

    service: str
    purpose: str
    urgency: str
    why: str
    sent_on: str
    sender: dict[str, str]
    ring: str
    age: int | None
    languages: list[str]
    words: str = field(repr=False)
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody outside says. `name` is what they call themselves; nobody has verified it."""

    what: str
    name: str = field(repr=False)
    on: str = ""
    reason: str = ""
    result: str = ""
    words: str = field(default="", repr=False)

    def to_json(self) -> bytes:
        """Return it as it stands in a letter."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Answer":
        """Return what a letter says. Raises ValueError, TypeError for what is none."""
        return cls(**json.loads(text))


class AnswerFaulty(ValueError):
    """Something of the answer is missing or can't be taken; `field` says what."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


def new_token() -> str:
    """Return a new token: 128 random bits, 22 letters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """Return a new second code: eight random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def shown(code: str) -> str:
    """Return a code as it is read aloud: 1234 5678."""
    return f"{code[:4]} {code[4:]}"


def typed(text: str) -> str:
    """Return the code that somebody typed, spaces and dashes left out, or "" where it can't be one."""
    plain = NOT_A_DIGIT.sub("", text[:40])
    return plain if CODE.fullmatch(plain) else ""


def lock(token: str, code: str, key: bytes) -> Lock:
    """Return what token and code make under the key of the public pages (scrypt, RFC 7914). The same work for any."""
    raw = hashlib.scrypt(f"{token}:{code}".encode(), salt=SALT, **COST)
    found = hmac.digest(derive(key, "arasha.plans.outside.find.1"), token.encode(), "sha256")
    proof = hmac.digest(derive(key, "arasha.plans.outside.proof.1"), raw, "sha256")
    return Lock(found, proof, derive(raw, "arasha.plans.outside.sheet.1", salt=key))


def seal_sheet(sheet: Sheet, key: bytes) -> bytes:
    """Return a sheet sealed, always of one size. Raises AnswerFaulty for one that is too long."""
    plain = json.dumps(asdict(sheet), ensure_ascii=False).encode()
    if len(plain) > SHEET_SIZE:
        raise AnswerFaulty("words")
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(SHEET_SIZE), b"referral")


def open_sheet(sealed: bytes, key: bytes) -> Sheet | None:
    """Return what was sealed; None where the key does not open it."""
    try:
        plain = AESGCM(key).decrypt(sealed[:12], sealed[12:], b"referral")
    except InvalidTag:
        return None
    return Sheet(**json.loads(plain))


def about(letter: object) -> str:
    """Return what a letter with an answer is bound to."""
    return f"outside:{letter}"


def lasts() -> timedelta:
    """Return how long a link opens."""
    return timedelta(days=int(LINK_LIMITS["lasts"].more["amount"]))


def session() -> timedelta:
    """Return how long the page stays open after the code."""
    return timedelta(minutes=int(LINK_LIMITS["session"].more["amount"]))


def may_name(consent: str, without: str) -> bool:
    """Say whether a service outside may be told who the child is: somebody agreed, or the reason without bears it."""
    if referral.CONSENTS[consent].more["agreed"] == "yes":
        return True
    return without in referral.WITHOUT and referral.WITHOUT[without].more["names"] == "yes"


def possible(state: str) -> list[str]:
    """Return which answers may follow where the place stands so, in the list's order."""
    return [row.code for row in ANSWERS if state in row.more["from"].split()]


def is_last(what: str, state: str) -> bool:
    """Say whether a link ends with an answer: a refusal, or the word on what came of help that has ended."""
    return what == "decline" or (what == "feed_back" and state == "ended")


def step_of(said: Answer, urgency: str, why: str) -> places.StepSaid | None:
    """Return the step of the place that an answer is; None for words alone. Raises AnswerFaulty."""
    if said.what == "feed_back":
        return None
    try:
        on = date.fromisoformat(said.on) if said.on else None
    except ValueError:
        raise AnswerFaulty("on") from None
    given: Any = {"words": said.words, "said_by": "link"}
    if said.what == "accept":
        if on is None:
            return places.StepSaid(step="wait", urgency=urgency, why=why, **given)
        return places.StepSaid(step="book", on=on, **given)
    if said.what == "decline":
        return places.StepSaid(step="refuse", reason=said.reason, **given)
    if said.what == "begin":
        return places.StepSaid(step="begin", on=on, **given)
    if said.what == "end":
        return places.StepSaid(step="end", on=on, result=said.result, words=said.words)
    raise AnswerFaulty("what")


def check_answer(said: Answer, state: str, today: date) -> None:
    """Raise AnswerFaulty for the first thing that is missing or can't be taken."""
    if said.what not in ANSWERS or said.what not in possible(state):
        raise AnswerFaulty("what")
    if not said.name.strip() or len(said.name) > LONGEST_NAME:
        raise AnswerFaulty("name")
    if len(said.words) > places.LONGEST_WORDS or (said.what == "feed_back" and not said.words.strip()):
        raise AnswerFaulty("words")
    step = step_of(said, "ordinary", "")
    try:
        if step is not None:
            places.check_step(step, today)
    except places.StepFaulty as fault:
        raise AnswerFaulty(fault.field) from None
