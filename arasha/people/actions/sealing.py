"""What lies sealed of a person: papers, contacts, addresses, pregnancies; and how a number is found again."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import blind_index
from arasha.people import queries, rules
from arasha.people.models import Address, Contact, Paper, Pregnancy

LONGEST = 2_000


class TooMuch(ValueError):
    """The words are longer than anybody writes here."""


@sensitive_variables()
def write_paper(
    bare: dict[str, Any], *, kind: str, number: str = "", reason: str = "", country: str = "", remark: str = ""
) -> Paper:
    """Write a paper's row into an act that is open. Raises UnknownCode, IinInvalid, TooMuch."""
    rules.PAPERS[kind]
    if kind == "absent":
        rules.ABSENCES[reason]
    if kind == "iin":
        rules.read_iin(number)
        number = rules.plain_iin(number)
    row = Paper(id=uuid4(), **bare, kind=kind, reason=reason if kind == "absent" else "")
    said = {"number": number.strip(), "country": country.strip(), "remark": remark.strip()}
    row.sealed = _sealed(said, row, Facet.DOCUMENTS)
    row.fingerprint = fingerprint("iin", number) if kind == "iin" else None
    row.save(force_insert=True)
    return row


@sensitive_variables()
def write_contact(
    bare: dict[str, Any], *, kind: str, whose: str, safe: str, value: str, when: str = "", fingerprinted: str = ""
) -> Contact:
    """Write a contact's row into an act that is open. Raises UnknownCode, TooMuch."""
    rules.CONTACTS[kind], rules.CONTACT_OWNERS[whose], rules.CONTACT_SAFETY[safe]
    row = Contact(id=uuid4(), **bare, kind=kind, whose=whose, safe=safe)
    row.sealed = _sealed({"value": value.strip(), "when": when.strip()}, row, Facet.CONTACTS)
    row.fingerprint = fingerprint("phone", fingerprinted) if fingerprinted else None
    row.save(force_insert=True)
    return row


@sensitive_variables()
def write_address(bare: dict[str, Any], *, kind: str, territory: str, line: str) -> Address:
    """Write an address's row into an act that is open. Raises UnknownCode, TooMuch."""
    facet = rules.facet_of_address(kind)
    row = Address(id=uuid4(), **bare, facet=int(facet), kind=kind, territory=territory)
    row.sealed = _sealed({"line": line.strip()}, row, facet)
    row.save(force_insert=True)
    return row


@sensitive_variables()
def write_pregnancy(bare: dict[str, Any], *, kind: str, first: date | None, last: date | None) -> Pregnancy:
    """Write a pregnancy's or a birth's row into an act that is open. Raises UnknownCode."""
    rules.PREGNANCIES[kind]
    row = Pregnancy(id=uuid4(), **bare)
    days = {name: day.isoformat() for name, day in (("first", first), ("last", last)) if day}
    row.sealed = _sealed({"kind": kind, **days}, row, Facet.REPRODUCTIVE)
    row.save(force_insert=True)
    return row


def fingerprint(purpose: str, value: str) -> bytes:
    """Return the keyed hash by which a number is found; `purpose` is `iin` or `phone`."""
    return blind_index(value, lookup_key(purpose))


def _sealed(said: dict[str, str], row: Paper | Contact | Address | Pregnancy, facet: Facet) -> bytes:
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    if len(text) > LONGEST:
        raise TooMuch
    return seal_text(text, row=row.pk, **queries.place(row, facet))
