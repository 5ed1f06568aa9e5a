"""Short messages: in how many parts one goes out, what is a wish to be left alone, what the gateway says and hears."""

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

# GSM 03.38: its alphabet, and what takes two places in it. All else goes out as UCS-2: Kazakh, Russian and emoji.
BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("\f^{}\\[~]|€")
ONE: Final = {"gsm": 160, "ucs2": 70}
SEVERAL: Final = {"gsm": 153, "ucs2": 67}
MOST_PARTS: Final = 6
# Alone in a message, in capitals or not, with or without signs around them.
STOP: Final = frozenset({"стоп", "stop", "тоқта", "тоқтат", "токта", "токтат", "жазба", "не пиши", "не пишите"})
FORGET: Final = frozenset({"ұмыт", "умыт", "ұмытыңдар", "забудь", "забудьте", "forget"})
# After so long a message that the gateway would not take is given up; the operator sees it.
GIVEN_UP_AFTER: Final = timedelta(hours=24)
TOLERANCE: Final = timedelta(minutes=5)
LONGEST_BODY: Final = 20_000
MOST_SMS: Final = 4000
Wish = Literal["", "stop", "forget"]


class NotOurs(ValueError):
    """A message to our door that the gateway did not sign, that is old, or that says nothing we know."""


@dataclass(frozen=True, slots=True)
class Parts:
    """How a text goes out: its alphabet, how many units it takes, in how many parts, how many fit into the last one."""

    alphabet: Literal["gsm", "ucs2"]
    units: int
    parts: int
    left: int


def parts(text: str) -> Parts:
    """Return how a text goes out. A sign of two units never stands across two parts."""
    gsm = all(sign in BASIC or sign in EXTENDED for sign in text)
    alphabet: Literal["gsm", "ucs2"] = "gsm" if gsm else "ucs2"
    sizes = [2 if sign in EXTENDED else 1 for sign in text] if gsm else [1 + (ord(sign) > 0xFFFF) for sign in text]
    units = sum(sizes)
    if units <= ONE[alphabet]:
        return Parts(alphabet, units, 1 if units else 0, ONE[alphabet] - units)
    count, used = 1, 0
    for size in sizes:
        if used + size > SEVERAL[alphabet]:
            count, used = count + 1, 0
        used += size
    return Parts(alphabet, units, count, SEVERAL[alphabet] - used)


def wish_of(text: str) -> Wish:
    """Return whether somebody wants to be sent nothing more, or that their number be forgotten."""
    plain = " ".join(re.sub(r"[^\w ]", " ", text.casefold()).split())
    if plain in STOP:
        return "stop"
    return "forget" if plain in FORGET else ""


def masked(number: str) -> str:
    """Return a number as operators see it: its beginning and its last two digits."""
    return f"{number[:5]} ••• •• {number[-2:]}" if len(number) > 8 else "•" * len(number)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What the gateway brings: somebody's message, or what became of one of ours (`state`)."""

    kind: Literal["message", "receipt"]
    id: str
    number: str = ""
    words: str = ""
    state: str = ""


def incoming(body: bytes) -> Incoming:
    """Return what a body says. Raises NotOurs."""
    try:
        said: dict[str, Any] = json.loads(body)
        kind, name = said["type"], said["id"]
        if not isinstance(name, str) or not 0 < len(name) <= 100:
            raise NotOurs
        if kind == "receipt" and said["state"] in {"delivered", "failed"}:
            return Incoming("receipt", name, state=said["state"])
        number, words = said["from"], said["text"]
        if kind != "message" or not isinstance(number, str) or not isinstance(words, str):
            raise NotOurs
        return Incoming("message", name, number[:40], words[:MOST_SMS])
    except (ValueError, KeyError, TypeError) as error:
        raise NotOurs from error


# Standard Webhooks asks for 24 bytes and more; with less anybody could find the key, with none anybody could sign.
LEAST_KEY = 24


def is_signed(secret: str, *, name: str, moment: str, signature: str, body: bytes, now: float) -> bool:
    """Say whether the gateway signed a body a moment ago (Standard Webhooks, `v1`); several signatures may be given."""
    if not secret or not moment.isdecimal() or len(moment) > 12 or abs(now - int(moment)) > TOLERANCE.total_seconds():
        return False
    try:
        raw = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return False
    if len(raw) < LEAST_KEY:
        return False
    signed = f"{name}.{moment}.".encode() + body
    expected = base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode()
    given = [part.partition(",")[2] for part in signature.split() if part.startswith("v1,")]
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in given)
