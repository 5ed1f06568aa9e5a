"""What a number opens, for the process of the public pages."""

from datetime import datetime

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.queries import code_key
from arasha.kernel.vault.rules import derive
from arasha.kernel.worktime.rules import local
from arasha.participation import rules


@sensitive_variables()
def keys() -> bytes:
    """Return the key of the numbers; it lies with the public pages' keys, outside the database."""
    return derive(code_key(), "arasha.participation.numbers.1")


@sensitive_variables()
def opened_by(number: str, now: datetime) -> rules.Opening | None:
    """Return what a number opens; None for a wrong or late one. One that was used opens the same again."""
    key = keys()
    with connection.cursor() as cursor:
        periods = rules.open_periods(local(now).date())
        cursor.execute("SELECT participation.find_slip(%s, %s)", [rules.fingerprint(number, key), periods])
        (sealed,) = cursor.fetchone()
    return rules.open_slip(number, bytes(sealed), key) if sealed is not None else None
