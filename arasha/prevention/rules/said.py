"""What is entered of a certificate, and what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from arasha.prevention.rules.lists import PROGRAMMES

ENTRY: Final = re.compile(r"[0-9]{1,6}(/[0-9]{1,4}){0,2}")
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 1, 1)


class CertificateFaulty(ValueError):
    """What was entered can't stand. `faults` are (field, code)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Said:
    """Which programme was finished when, on which line of the body's register, and until when that counts."""

    programme: str
    entry: str
    completed_on: date
    valid_until: date | None = None


def check(said: Said, *, today: date) -> None:
    """Raise CertificateFaulty with all that can't stand."""
    faults = []
    if said.programme not in PROGRAMMES:
        faults.append(("programme", "unknown"))
    if not ENTRY.fullmatch(said.entry):
        faults.append(("entry", "no_entry"))
    if not EARLIEST <= said.completed_on <= today:
        faults.append(("completed_on", "not_yet"))
    if said.valid_until is not None and not today <= said.valid_until <= LATEST:
        faults.append(("valid_until", "over"))
    if faults:
        raise CertificateFaulty(faults)
