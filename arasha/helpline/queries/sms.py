"""Numbers of short messages: whose they are, masked for whoever answers, whole for the gateway alone."""

from dataclasses import dataclass
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.helpline.models import Contact, SmsLine
from arasha.helpline.queries.words import opened
from arasha.helpline.rules.sms import masked
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import blind_index
from arasha.ui.rules import phones

PURPOSE = "helpline_sms"


@dataclass(frozen=True)
class ShortLine:
    """What an operator sees of a number: masked, and whether nothing may be sent to it any more."""

    masked: str
    stopped: bool


@sensitive_variables()
def number_and_source(typed: str) -> tuple[str, str]:
    """Return a number as it is kept, and the keyed fingerprint by which its contacts are found."""
    try:
        number = phones.normal(typed, abroad=True)
    except phones.NotAPhone:
        number = typed.strip()
    return number, blind_index(number, lookup_key(PURPOSE)).hex()[:64]


@sensitive_variables()
def number_to_send(contact: UUID) -> str:
    """Return the number to which a contact is answered, "" where nothing may be sent to it. For the gateway's work."""
    line = SmsLine.objects.filter(contact=contact, stopped_at=None).first()
    return _number(line)


@sensitive_variables()
def number_of_line(contact: Contact) -> str:
    """Return the whole number of a contact, "" where there is none."""
    return _number(SmsLine.objects.filter(contact=contact).first())


@sensitive_variables()
def line_of(contact: Contact) -> ShortLine | None:
    """Return what an operator sees of a contact's number; None where it has none."""
    line = SmsLine.objects.filter(contact=contact).first()
    return None if line is None else ShortLine(masked(_number(line)), line.stopped_at is not None)


@sensitive_variables()
def _number(line: SmsLine | None) -> str:
    if line is None or not bytes(line.sealed):
        return ""
    return opened([line])[line.pk] or ""
