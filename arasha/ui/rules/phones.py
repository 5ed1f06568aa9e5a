"""Telephone numbers of Kazakhstan, as people type them and as a phone dials them. No database, no clock."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

import phonenumbers
from django.utils.translation import gettext
from phonenumbers import PhoneNumberFormat, shortnumberinfo

REGION: Final = "KZ"
LONGEST: Final = 60
SHORT: Final = re.compile(r"[0-9]{3,4}")
# The library knows "ext", "доб" and ",,"; people in Kazakhstan also write these.
EXTENSION: Final = re.compile(r"\b(вн|внутр|ішкі)\.?\s*(?=\d)", re.IGNORECASE)
DATA: Final = Path(__file__).resolve().parents[1] / "data" / "short_numbers.csv"


class NotAPhone(ValueError):
    """No telephone in Kazakhstan has this number, or its area code is missing."""


@cache
def helplines() -> frozenset[str]:
    """Return short numbers in use that the library's tables lack (`data/short_numbers.csv`)."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return frozenset(row["number"] for row in csv.DictReader(file))


def normal(typed: str, *, abroad: bool = False) -> str:
    """Return a number as it is kept: `+77252123456`, `+77252123456;ext=12`, or short `102`. Raises NotAPhone.

    `abroad`: a number of another country, written with its code, is one too.
    """
    text = EXTENSION.sub("ext. ", typed.strip())
    if len(text) > LONGEST:
        raise NotAPhone
    digits = re.sub(r"[\s().-]", "", text)
    if SHORT.fullmatch(digits):
        return _short(digits)
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise NotAPhone from None
    if not (phonenumbers.is_valid_number(number) if abroad else _is_ours(number)):
        raise NotAPhone
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def _is_ours(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.is_valid_number_for_region(number, REGION)


def _short(digits: str) -> str:
    number = phonenumbers.parse(digits, REGION)
    if digits in helplines() or shortnumberinfo.is_valid_short_number_for_region(number, REGION):
        return digits
    raise NotAPhone


def shown(kept: str) -> str:
    """Return a kept number as people read it, in the active language: `+7 7252 12 34 56 ext. 12`, `102`."""
    if SHORT.fullmatch(kept):
        return kept
    number, extension, inside = kept.partition(";ext=")
    plain = phonenumbers.format_number(_parsed(number), PhoneNumberFormat.INTERNATIONAL)
    words = gettext("ext.")
    return f"{plain} {words} {inside}" if extension else plain


def dialled(kept: str) -> str:
    """Return the address that a phone dials: `tel:+7-7252-12-34-56`."""
    if SHORT.fullmatch(kept):
        return f"tel:{kept}"
    return phonenumbers.format_number(_parsed(kept), PhoneNumberFormat.RFC3966)


def _parsed(kept: str) -> phonenumbers.PhoneNumber:
    return phonenumbers.parse(kept.replace(";ext=", " ext. "), REGION)
