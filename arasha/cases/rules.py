"""A case's number: short enough to say on the telephone, and telling nothing by its order."""

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


def case_number(territory: str, year: int) -> str:
    """Return a fresh number such as TRK-26-418207: region, year, and digits drawn at random.

    Drawn, not counted: a sequence would tell how many cases there are, and its gaps which are hidden.
    """
    return f"{LETTERS.get(territory[:2], 'KAZ')}-{year % 100:02}-{secrets.randbelow(10**DIGITS):0{DIGITS}}"
