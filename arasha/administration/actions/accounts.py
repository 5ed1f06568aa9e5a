"""Accounts: made, invited, their posts ended, their lost second factors replaced by a second person's word."""

import secrets
import uuid
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from arasha.administration import rules
from arasha.administration.models import Persona
from arasha.administration.policy import require_administration, require_system
from arasha.kernel.access import actions as access
from arasha.kernel.access.models import Post, User
from arasha.kernel.access.rules import Actor, Conflict, Refused, from_database
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream, user_stream

SIGN_IN = "sign_in"
ASK = "SELECT administration.ask_link(%s, %s, %s, make_interval(secs => %s))"


def create_account(
    *,
    actor: Actor,
    now: datetime,
    login: str,
    name: str,
    email: str = "",
    language: str = "kk",
    with_password: bool = False,
    persona: int | None = None,
) -> rules.Account:
    """Make an account. It has no password until its invitation is used.

    `with_password`: an installation's system work gives it a random password and second factor at once and returns
    them; `persona` lends it on the sign-in page, at that place of the list (never in production: the database
    refuses). Raises LoginTaken, NotAllowed.
    """
    require_administration(actor)
    if with_password or persona is not None:
        require_system(actor)
    with transaction.atomic():
        try:
            user_id = access.create_user(login=login, name=name, email=email, language=language)
        except Conflict:
            raise rules.LoginTaken from None
        with journal.act(verb="create_account", stream=user_stream(user_id), now=now):
            pass
        password, secret = "", ""
        if with_password or persona is not None:
            access.enter_system(SIGN_IN)
            if with_password:
                password, secret = _equip(user_id)
            if persona is not None:
                Persona.objects.create(user_id=user_id, place=persona)
            access.enter_system(actor.purpose)
    return rules.Account(user_id=user_id, password=password, totp_secret=secret)


def _equip(user_id: int) -> tuple[str, str]:
    user = User.objects.get(pk=user_id)
    password, secret = secrets.token_urlsafe(12), generate_totp_secret()
    user.set_password(password)
    user.save(update_fields=["password"])
    TOTP.activate(user, secret)
    return password, secret


def invite(*, actor: Actor, now: datetime, user_id: int) -> uuid.UUID:
    """Send an account that has no password yet its one-time link, good for 72 hours; an earlier one is void.

    Returns the link's id, for `reveal` where no mail server is. Raises NotAllowed.
    """
    return _link("invitation", "invite", actor, now, user_id)


def reset_second_factor(*, actor: Actor, now: datetime, user_id: int) -> uuid.UUID:
    """As a second person, let somebody who lost their device set up a new second factor by a one-time link.

    They still need their password; the old factors go when the new one works. Raises NotAllowed, also for oneself.
    """
    if actor.user_id == user_id:
        raise rules.NotYourself
    return _link("factor", "reset_second_factor", actor, now, user_id)


def _link(kind: str, verb: str, actor: Actor, now: datetime, user_id: int) -> uuid.UUID:
    require_administration(actor)
    link = uuid.uuid4()
    with transaction.atomic():
        _call(ASK, link, kind, user_id, rules.LASTS[kind].total_seconds())
        with journal.act(verb=verb, stream=user_stream(user_id), now=now):
            pass
        app.configure_task("send_link", queue="ordinary").defer(link=str(link))
    return link


def reveal(*, actor: Actor, now: datetime, link: uuid.UUID) -> str:
    """Where no mail server is configured, return a link's code to the one who made it, once.

    Raises LinkNotValid when it was sent, shown or used before, NotAllowed where mail is configured.
    """
    require_administration(actor)
    if settings.EMAIL_HOST:
        raise rules.NotAllowed
    code = rules.new_code()
    with transaction.atomic():
        if not _call("SELECT administration.set_code(%s, %s)", link, rules.code_hash(code)):
            raise rules.LinkNotValid
    return code


def end_post(*, actor: Actor, now: datetime, post_id: int) -> None:
    """Empty a post; who has no other is signed out at once. Raises NotAllowed, NotThere outside one's territory."""
    require_administration(actor)
    post = Post.objects.select_related("unit").get(pk=post_id)
    if post.holder_id is None:
        return
    if post.holder_id == actor.user_id:
        raise rules.NotYourself
    streams = [body_stream(post.unit.body_id)]
    with (
        transaction.atomic(),
        journal.act(
            verb="end_post", stream=user_stream(post.holder_id), also=streams, now=now, codes={"post": post_id}
        ),
    ):
        access.seat(post_id=post_id, user_id=None)


def _call(statement: str, *arguments: str | int | float | bytes | uuid.UUID) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            return bool(cursor.fetchone()[0])
    except DatabaseError as error:
        found = from_database(error)
        raise (rules.NotAllowed() if isinstance(found, Refused) else found) from None
