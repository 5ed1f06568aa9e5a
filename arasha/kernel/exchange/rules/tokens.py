"""Tokens of other systems: random, recognisable to whoever searches for lost secrets, known to us by a hash."""

import re
import secrets
from typing import Final

MARK: Final = "arasha_"
SHAPE: Final = re.compile(r"arasha_[A-Za-z0-9_-]{43}")
LONGEST_DAYS: Final = 365


def new_token() -> str:
    """Return a token of 256 random bits."""
    return MARK + secrets.token_urlsafe(32)


def bearer(header: str) -> str:
    """Return the token of an Authorization header, "" when it is not one of ours; the scheme's case is free."""
    scheme, _space, token = header.partition(" ")
    return token if scheme.lower() == "bearer" and SHAPE.fullmatch(token) else ""
