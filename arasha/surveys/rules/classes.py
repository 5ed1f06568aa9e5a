"""What a class is called, how large it may be, and when it may be asked again."""

import re
from datetime import timedelta
from typing import Final

# Two figures of one class, with one pupil more in the second, would tell what that pupil said.
APART: Final = timedelta(days=90)
LASTS: Final = timedelta(days=30)
MOST: Final = 60
LONGEST_NAME: Final = 12
# Letters that look alike on a Latin and a Cyrillic keyboard.
ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
SIGNS = re.compile(r"[^0-9a-zа-яёәғқңөұүһі]+")


def same_class(one: str, other: str) -> bool:
    """Say whether two names mean one class: 7А, 7 «а», 7-A."""
    return _plain(one) == _plain(other)


def _plain(called: str) -> str:
    return SIGNS.sub("", called.casefold().translate(ALIKE))
