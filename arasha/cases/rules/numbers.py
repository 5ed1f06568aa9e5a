"""A case's number: short enough to say on the telephone, and telling nothing by its order."""

import re
import secrets

LETTERS = {
    "10": "ABA",
    "11": "AKM",
    "15": "AKT",
    "19": "ALM",
    "23": "ATY",
    "27": "ZKO",
    "31": "ZHM",
    "33": "ZHT",
    "35": "KRG",
    "39": "KST",
    "43": "KZO",
    "47": "MNG",
    "55": "PVL",
    "59": "SKO",
    "61": "TRK",
    "62": "ULY",
    "63": "VKO",
    "71": "AST",
    "75": "ALA",
    "79": "SHY",
}
DIGITS = 6
NUMBER = re.compile(rf"[A-Z]{{3}}-[0-9]{{2}}-[0-9]{{{DIGITS}}}")


def case_number(territory: str, year: int) -> str:
    """Return a fresh number such as TRK-26-418207: region, year, and digits drawn at random.

    Drawn, not counted: a sequence would tell how many cases there are, and its gaps which are hidden.
    """
    return f"{LETTERS.get(territory[:2], 'KAZ')}-{year % 100:02}-{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def read_number(typed: str) -> str | None:
    """Return the number as it is written, or None; spaces, dashes and small letters do not matter."""
    bare = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper()
    number = f"{bare[:3]}-{bare[3:5]}-{bare[5:]}"
    return number if NUMBER.fullmatch(number) else None
