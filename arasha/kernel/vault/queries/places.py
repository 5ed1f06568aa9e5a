"""Where keys lie, and whether they may."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from arasha.kernel.vault.keystore.places import check_apart, check_private


def check_places(*, production: bool, others: Iterable[tuple[str, Path]] = ()) -> None:
    """Raise UnsafePlace when keys are open to others, or in production lie where data or backups lie.

    `others` are more places by name, such as the database's data folder. Called before serving.
    """
    keys, public = settings.ARASHA_KEYS, settings.ARASHA_PUBLIC_KEYS
    for folder in (keys, public):
        if folder.exists():
            check_private(folder)
            for path in folder.iterdir():
                check_private(path)
    if not production:
        return
    places = [
        ("the keys of the public's pages", public),
        ("the files", settings.ARASHA_FILES),
        ("the key backups", settings.ARASHA_KEY_BACKUPS),
        ("the erasure ledger", settings.ARASHA_ERASURE_LEDGER.parent),
    ]
    if not settings.ARASHA_KEY_STORE_URL:
        places.append(("the key store", settings.ARASHA_KEY_STORE))
    check_apart(keys, [*places, *others])
