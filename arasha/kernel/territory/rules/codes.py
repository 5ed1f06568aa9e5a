"""What a KATO code says by itself: nine digits, `ab` region, `cd` district, `ef` okrug, `hij` settlement."""

import re

NATION = "000000000"
# Cities of republican significance: their second level is `ab` and four digits.
REPUBLICAN_CITIES = frozenset({"71", "75", "79"})
NINE_DIGITS = re.compile(r"[0-9]{9}", re.ASCII)


class CodeInvalid(ValueError):
    """Not nine digits."""


def checked(kato: str) -> str:
    """Return the code. Raises CodeInvalid."""
    if not NINE_DIGITS.fullmatch(kato):
        raise CodeInvalid("a KATO code is nine digits")
    return kato


def region_code(kato: str) -> str | None:
    """Return the region's code (oblast or city of republican significance), None for the nation."""
    return None if checked(kato) == NATION else f"{kato[:2]}0000000"


def district_code(kato: str) -> str | None:
    """Return the code of the second level (district, city, district of a republican city), None above it."""
    width = 6 if checked(kato)[:2] in REPUBLICAN_CITIES else 4
    return None if set(kato[2:width]) == {"0"} else kato[:width].ljust(9, "0")


def parent_candidates(kato: str) -> list[str]:
    """Return the codes that may be the unit's parent, nearest first; the nearest that exists is the parent."""
    tails = (kato[:7], kato[:6], kato[:4], kato[:2], "")
    return list(dict.fromkeys(code for tail in tails if (code := tail.ljust(9, "0")) != checked(kato)))


def lies_in(place: str, around: str) -> bool:
    """Say whether a place is another one or lies in it, as the codes say: all lies in the nation.

    By level, never by what the codes begin with: 110000000 does not lie in 100000000. Raises CodeInvalid.
    """
    return around in (checked(place), *parent_candidates(place))
