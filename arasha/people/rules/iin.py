"""The individual identification number: twelve figures that say birth date and sex, with a check figure.

Sources: Government resolutions 565 of 11 June 2003 and 406 of 2007 as public packages name them (not verified);
the algorithm agrees with the packages kz-iin-validator and idnumbers.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 12
FIRST = range(1, 12)
SECOND = (*range(3, 12), 1, 2)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
NO_FIGURE = 10


class Fault(StrEnum):
    """What is wrong with a number."""

    LENGTH = "length"
    FIGURES = "figures"
    CENTURY = "century"
    DATE = "date"
    NEVER_ISSUED = "never_issued"
    CHECK = "check"


class IinInvalid(ValueError):
    """It is no identification number; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        """Keep what is wrong; the number itself stands in no message."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Said:
    """What a number says of its bearer: born on which day, and whether a girl or a boy."""

    born: date
    sex: str


def plain_iin(typed: str) -> str:
    """Return a typed number without the spaces and dashes between its figures."""
    return "".join(letter for letter in typed if letter not in " -\u00a0")


def read_iin(typed: str) -> Said:
    """Return what a number says; spaces and dashes between its figures are passed over.

    Raises:
        IinInvalid: it has not twelve ASCII figures, its century or date does not exist, or its check figure is wrong.
    """
    number = plain_iin(typed)
    if len(number) != LENGTH:
        raise IinInvalid(Fault.LENGTH)
    if not (number.isascii() and number.isdigit()):
        raise IinInvalid(Fault.FIGURES)
    if number[6] not in CENTURIES:
        raise IinInvalid(Fault.CENTURY)
    try:
        born = date(CENTURIES[number[6]] + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        raise IinInvalid(Fault.DATE) from None
    check = check_figure(number[:-1])
    if check is None:
        raise IinInvalid(Fault.NEVER_ISSUED)
    if check != int(number[-1]):
        raise IinInvalid(Fault.CHECK)
    return Said(born, "boy" if int(number[6]) % 2 else "girl")


def check_figure(eleven: str) -> int | None:
    """Return the twelfth figure for the first eleven; None where both passes give ten: that number is never issued.

    The eleventh weighs eleven and so counts for nothing in the first pass: a slip there is not noticed.
    """
    figures = [int(figure) for figure in eleven]
    for weights in (FIRST, SECOND):
        rest: int = sum(figure * weight for figure, weight in zip(figures, weights, strict=True)) % 11
        if rest != NO_FIGURE:
            return rest
    return None
