"""Signing in and out as acts. A failed try costs the same whether the login exists or not."""

from datetime import datetime

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import system_stream, user_stream


def note_sign_in(*, actor: Actor, now: datetime, user_id: int, factor: str) -> None:
    """Write that somebody signed in, and by which second factor: totp, webauthn, recovery_codes or persona."""
    with (
        transaction.atomic(),
        journal.act(verb="sign_in", stream=user_stream(user_id), now=now, codes={"factor": factor}),
    ):
        pass


def note_sign_out(*, actor: Actor, now: datetime, user_id: int) -> None:
    """Write that somebody signed out."""
    with transaction.atomic(), journal.act(verb="sign_out", stream=user_stream(user_id), now=now):
        pass


def note_failure(*, actor: Actor, now: datetime, step: str) -> None:
    """Write that a try to sign in failed: its step, password or second_factor, and nothing of what was typed."""
    with (
        transaction.atomic(),
        journal.act(verb="fail_sign_in", stream=system_stream("sign_in"), now=now, codes={"step": step}),
    ):
        pass
