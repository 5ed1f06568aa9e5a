"""Writing down that the database was restored, and going on behind what went out before it was lost."""

from datetime import datetime

from django.db import connections

from arasha.kernel.journal.actions.acts import act
from arasha.kernel.journal.queries import Outside
from arasha.kernel.journal.rules import RESTORE, system_stream

SKIP = """SELECT setval(pg_get_serial_sequence('public.journal_act', 'id'),
  greatest(%s, nextval(pg_get_serial_sequence('public.journal_act', 'id'))))"""


def skip_lost(lost: Outside, *, using: str = "owner") -> None:
    """Give no entry the number of one that was lost: call it before the first act after a restore."""
    with connections[using].cursor() as cursor:
        cursor.execute(SKIP, [lost.act])


def note_restore(*, backup: str, lost: Outside, now: datetime, using: str = "owner") -> int:
    """Write the act of a restore, in a system context of the owner's; return its number.

    Seal afterwards with `least=lost.to + 1`: verify then tells the seals in between as lost by this restore, and
    every other one that is missing as wrong.
    """
    codes = {"backup": backup, "after": lost.after, "to": lost.to}
    with act(verb=RESTORE, stream=system_stream(RESTORE), now=now, codes=codes, using=using) as opened:
        return opened.id
