"""One-time links: asked for, sent, used. All of it runs with the purpose sign_in."""

import uuid
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.utils.translation import override
from procrastinate.contrib.django import app

from arasha.administration import rules
from arasha.administration.models import Link
from arasha.administration.rules import letters
from arasha.kernel.access import actions as access
from arasha.kernel.access.models import User
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import user_stream
from arasha.kernel.messages import actions as messages

NEVER_SET = "!"  # as access.create_user leaves it
INSERT = (
    "INSERT INTO administration_link (id, kind, user_id, made_at, expires_at)"
    " VALUES (%s, 'password', %s, clock_timestamp(), clock_timestamp() + make_interval(secs => %s))"
)
TAKE = (
    "UPDATE administration_link SET code_hash = %s"
    " WHERE id = %s AND used_at IS NULL AND expires_at > clock_timestamp() AND user_id IS NOT NULL"
    " RETURNING user_id, kind"
)
USE = (
    "UPDATE administration_link SET used_at = clock_timestamp(), pending_secret = '' WHERE id = %s AND used_at IS NULL"
)


def ask_for_password(*, actor: Actor, now: datetime, login: str) -> None:
    """Answer a forgotten password: the account's address gets a link, good for one hour.

    The same is done, and takes as long, for a login that nobody has.
    """
    user = User.objects.filter(login=login, is_active=True).exclude(password=NEVER_SET).exclude(email="").first()
    link = uuid.uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [link, user.pk if user else None, rules.LASTS["password"].total_seconds()])
        app.configure_task("send_link", queue="ordinary").defer(link=str(link))


def take_link(*, actor: Actor, now: datetime, link: uuid.UUID) -> mail.EmailMessage | None:
    """Make a link's code, keep its hash, and return the letter to send after the commit; None for a void link.

    A letter that could not be sent is made again with a new code: a code is never kept to be repeated.
    """
    code = rules.new_code()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE, [rules.code_hash(code), link])
        row = cursor.fetchone()
    if row is None:
        return None
    user = User.objects.get(pk=row[0])
    with override(user.language):
        letter = letters.one_time_link(row[1], address=f"{settings.ADDRESS}/link/{code}/")
    headers = {"Auto-Submitted": "auto-generated"}
    return mail.EmailMessage(letter.subject, letter.body, to=[user.email], headers=headers)


def complete_link(*, actor: Actor, now: datetime, link: Link, password: str = "", secret: str = "") -> list[str]:
    """Use a link: set the password, or the second factor, or both; returns new recovery codes, if any.

    Every session of the account ends. The caller has checked the current password for a lost factor, and a code of
    the new factor. Raises LinkNotValid when somebody was faster.
    """
    user = User.objects.get(pk=link.user_id or 0)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(USE, [link.pk])
            if cursor.rowcount != 1:
                raise rules.LinkNotValid
        if password:
            user.set_password(password)
            user.save(update_fields=["password"])
        codes = _new_factors(user, secret) if secret else []
        access.end_sessions(user_id=user.pk)
        with journal.act(verb=f"use_{link.kind}_link", stream=user_stream(user.pk), now=now):
            pass
        if link.kind != "invitation":
            messages.notify(actor=actor, code="sign_in_changed", link="/account/", now=now, users=[user.pk])
    return codes


def _new_factors(user: User, secret: str) -> list[str]:
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def prepare_factor(*, actor: Actor, now: datetime, link: Link) -> str:
    """Return the secret of the second factor that a link sets up: made at the first look, the same at the next."""
    if link.pending_secret:
        return rules.unseal(link.pending_secret, key=settings.SECRET_KEY)
    secret: str = generate_totp_secret()
    Link.objects.filter(pk=link.pk).update(pending_secret=rules.seal(secret, key=settings.SECRET_KEY))
    return secret
