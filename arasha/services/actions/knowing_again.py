"""Which entry of the directory a key of another system means."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from arasha.kernel.territory.rules import region_code
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import derive
from arasha.services.models import Offering, Provider, Site
from arasha.services.rules import is_protected
from arasha.services.rules.exchange import Entry, Places


@dataclass
class Standing:
    """What the directory has of the entries of a batch."""

    providers: dict[UUID, Provider]
    sites: dict[UUID, Site]
    offerings: dict[UUID, Offering]


class Numbers:
    """Finds the entry of a key: by a keyed hash, so that nobody outside can work out which entry is which key's.

    Protected entries have numbers of their own by region: whoever guesses keys never meets one.
    """

    def __init__(self, source: str) -> None:
        self._secret = derive(
            lookup_key("directory"), f"arasha.directory.1:{hashlib.sha256(source.encode()).hexdigest()}"
        )

    def of(self, what: str, entry: Entry) -> UUID:
        """Return the id of an entry's provider, site or offering."""
        key = getattr(entry, f"{what}_key")
        protected = is_protected(entry.provider.kind) if what == "provider" else entry.site.protected
        apart = region_code(entry.site.territory) or "" if protected else ""
        said = "\x1f".join((what, apart, key)).encode("utf-8", "replace")
        return UUID(bytes=hashlib.blake2b(said, key=self._secret, digest_size=16).digest(), version=4)


class Own:
    """Which entry a key means: one of ours by its own number, as our files give it out, else the other system's."""

    def __init__(self, numbers: Numbers, standing: Standing, places: Places, place: str) -> None:
        self._numbers, self._standing, self._places, self._place = numbers, standing, places, place

    def number(self, what: str, entry: Entry) -> UUID:
        """Return the id of the provider, site or offering that a row means."""
        own = own_number(getattr(entry, f"{what}_key"))
        row = getattr(self._standing, f"{what}s").get(own)
        if own is not None and row is not None and (self.keeps(row) or (what == "provider" and not row.protected)):
            return own
        return self._numbers.of(what, entry)

    def keeps(self, row: Provider | Site | Offering) -> bool:
        """Say whether an entry lies where the load may change it."""
        at = row.body if isinstance(row, Provider) else row.site if isinstance(row, Offering) else row
        return self._places.inside(at.territory_id, self._place)


def own_number(key: str) -> UUID | None:
    """Return the key as one of our own numbers, or None."""
    try:
        return UUID(key)
    except ValueError:
        return None


def standing_of(numbers: Numbers, entries: Iterable[Entry]) -> Standing:
    """Return what the directory has of the entries that rows mean."""
    ids: dict[str, set[UUID]] = {"provider": set(), "site": set(), "offering": set()}
    for entry in entries:
        for what, found in ids.items():
            found.add(numbers.of(what, entry))
            own = own_number(getattr(entry, f"{what}_key"))
            if own is not None:
                found.add(own)
    return Standing(
        {row.pk: row for row in Provider.objects.select_related("body").filter(pk__in=ids["provider"])},
        {row.pk: row for row in Site.objects.select_related("provider").filter(pk__in=ids["site"])},
        {row.pk: row for row in Offering.objects.select_related("site").filter(pk__in=ids["offering"])},
    )
