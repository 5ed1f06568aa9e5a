"""The one question that everybody may ask of a number."""

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.queries import code_key
from arasha.kernel.vault.rules import derive
from arasha.prevention import rules


@sensitive_variables()
def number_key() -> bytes:
    """Return the key of numbers and their hashes; it lies with the public pages' keys, outside the database."""
    return derive(code_key(), "arasha.prevention.certificates.1")


@sensitive_variables()
def is_valid(text: str) -> bool:
    """Say whether what somebody typed is the number of a certificate that counts now.

    Whatever is typed goes the same way: hashed and asked for once. Nothing says why a number does not count.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT prevention.valid(%s)", [rules.fingerprint(rules.typed(text), number_key())])
        return bool(cursor.fetchone()[0])
