"""E-mail by SMTP: claimed by putting the next try into the future, sent, then ended. Nothing lost, nothing twice.

Only a worker killed between the server's "accepted" and our commit sends again, under the same Message-ID.
"""

import hashlib
import logging
import smtplib
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from arasha.kernel.access import actions as access
from arasha.kernel.messages import rules

log = logging.getLogger(__name__)
PEOPLE_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is due to one person: mail rows, and the notices as (code, id)."""

    mails: list[int]
    notices: list[tuple[str, str]]
    address: str
    language: str


def spread(*, notice: uuid.UUID | None = None) -> int:
    """Find the people whom a notice (or every notice not yet spread) is for; returns how many notices were spread."""
    with access.system("mail"), connection.cursor() as cursor:
        cursor.execute("SELECT message.spread(%s)", [notice])
        return int(cursor.fetchone()[0])


def spread_all() -> None:
    """Find the people for every notice that nobody spread yet."""
    while spread():
        pass


def post_mail() -> int:
    """Send what is due, one letter a person; returns how many letters the server took.

    Without a mail server nothing is claimed. A server that doesn't answer ends the round: what was claimed comes
    again after a pause that grows to an hour. An address refused for good is given up; the notice stays in the
    application.
    """
    if not settings.EMAIL_HOST:
        return 0
    server = mail.get_connection()
    sent = 0
    try:
        for _ in range(PEOPLE_AT_ONCE):
            parcel = _claim()
            if parcel is None:
                break
            if parcel.mails:
                sent += _send(parcel, server)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server does not take mail: %s", type(error).__name__, extra={"component": "mail"})
    finally:
        _close(server)
    return sent


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.info("mail server hung up")


def _claim() -> Parcel | None:
    with access.system("mail"), connection.cursor() as cursor:
        cursor.execute("SELECT mail, notice, code, address, language FROM message.claim_mail()")
        rows = cursor.fetchall()
    if not rows:
        return None
    rows = [row for row in rows if row[0] is not None]
    return Parcel(
        mails=[row[0] for row in rows],
        notices=[(row[2], str(row[1])) for row in rows],
        address=rows[0][3] if rows else "",
        language=rows[0][4] if rows else "",
    )


def _send(parcel: Parcel, server: BaseEmailBackend) -> int:
    letter = rules.letter(parcel.notices, language=parcel.language, address=settings.ADDRESS)
    key = hashlib.sha256("".join(sorted(str(number) for number in parcel.mails)).encode()).hexdigest()[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    message = mail.EmailMessage(
        letter.subject,
        letter.body,
        to=[parcel.address],
        connection=server,
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        if not _for_good(error):
            raise
        _end(parcel, "refused")
        log.warning("an address was refused for good", extra={"component": "mail"})
        return 0
    _end(parcel, "sent")
    return 1


def _for_good(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> bool:
    """Tell a lasting refusal of this letter or address from a server in trouble or a wrong password."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def _end(parcel: Parcel, outcome: str) -> None:
    with access.system("mail"), connection.cursor() as cursor:
        cursor.execute("SELECT message.end_mail(%s, %s)", [parcel.mails, outcome])
