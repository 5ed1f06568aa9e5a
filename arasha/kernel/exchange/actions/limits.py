"""How many requests a minute: counted in the cache that all processes share, under names that say nothing."""

from django.conf import settings
from django.core.cache import cache

from arasha.kernel.exchange.rules import Problem, keys

MINUTE = 60


def count_request(*, whose: str, most: int, clock: float) -> None:
    """Count one request of a minute; raises the problem `too_many` when there were more than `most`.

    `whose` is a token or an address; it is kept as a keyed hash with its minute, so that the cache's rows lead neither
    to an account nor from one minute to the next. Two requests at the same moment may count as one: it is a bound on
    load, not an account of it.
    """
    minute = int(clock // MINUTE)
    name = keys.keyed_hash(keys.derived(settings.SECRET_KEY, "limits"), whose, str(minute)).hex()
    count = int(cache.get(name) or 0) + 1
    if count > most:
        raise Problem("too_many", retry_after=int((minute + 1) * MINUTE - clock) + 1)
    cache.set(name, count, timeout=2 * MINUTE)
