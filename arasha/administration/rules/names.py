"""Names of bodies, units and posts as people type them. No database, no clock."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 300
CODE: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
# Letters that turn or hide other letters (direction marks, zero widths) and controls are in no name.
HIDDEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}


class NameInvalid(ValueError):
    """The name is empty, too long, or holds signs that can't be seen."""


def plain(text: str) -> str:
    """Return a name with single spaces. Raises NameInvalid."""
    if any(unicodedata.category(letter) in HIDDEN for letter in text.strip()):
        raise NameInvalid
    found = " ".join(text.split())
    if not found or len(found) > LONGEST:
        raise NameInvalid
    return found


def is_code(text: str) -> bool:
    """Say whether a text may be the code of a body or unit: small Latin letters, figures, dots and dashes."""
    return CODE.fullmatch(text) is not None
