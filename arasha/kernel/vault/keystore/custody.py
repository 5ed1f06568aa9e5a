"""Hands out data keys: store, rings and a small memory of what was unwrapped lately."""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from arasha.kernel.vault.keystore.ring import Ring
from arasha.kernel.vault.keystore.store import KeyStore, WrappedKey
from arasha.kernel.vault.rules import DataKey, KeyErased, KeyMissing, Scope
from arasha.kernel.vault.rules.envelope import KEY_BYTES

REMEMBERED: Final = 4096
# An erasure in one process must reach every other within 60 s; the rest is for a request that is under way.
REMEMBERED_SECONDS: Final = 45.0


class Memory:
    """Unwrapped keys, bounded in number and time; using a key does not make it stay longer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock in seconds, so that tests may move it."""
        self._clock, self._lock = clock, threading.Lock()
        self._kept: OrderedDict[Scope, tuple[float, DataKey]] = OrderedDict()

    def get(self, scope: Scope) -> DataKey | None:
        """Return the key unless it was forgotten or its time is over."""
        with self._lock:
            until, key = self._kept.get(scope, (0.0, None))
            if key is not None and until <= self._clock():
                del self._kept[scope]
                return None
            if key is not None:
                self._kept.move_to_end(scope)
            return key

    def put(self, scope: Scope, key: DataKey) -> None:
        """Remember a key, and forget the one that was used longest ago when there are too many."""
        with self._lock:
            self._kept[scope] = (self._clock() + REMEMBERED_SECONDS, key)
            self._kept.move_to_end(scope)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)

    def forget(self, scope: Scope | None = None) -> None:
        """Forget one key, or all."""
        with self._lock:
            if scope is None:
                self._kept.clear()
            else:
                self._kept.pop(scope, None)


class Custody:
    """The only way to a data key."""

    def __init__(self, store: KeyStore, rings: Mapping[str, Ring], memory: Memory | None = None) -> None:
        """Take a store and the rings by name ("general", "apart")."""
        self.store, self.rings, self.memory = store, rings, memory or Memory()

    def key(self, scope: Scope) -> DataKey:
        """Return a scope's key; KeyErased, KeyMissing, or what the ring and the store raise."""
        key = self.keys([scope])[scope]
        if key is None:
            raise KeyErased("this part of the file was erased")
        return key

    def keys(self, scopes: Iterable[Scope]) -> dict[Scope, DataKey | None]:
        """Return keys with one read of the store; None where the scope was erased, KeyMissing when there is none."""
        found: dict[Scope, DataKey | None] = {}
        unknown = []
        for scope in dict.fromkeys(scopes):
            found[scope] = self.memory.get(scope)
            if found[scope] is None:
                unknown.append(scope)
        kept = self.store.read(unknown) if unknown else {}
        for scope in unknown:
            if scope not in kept:
                raise KeyMissing(f"the key store has no key for this {scope.kind}'s facet {scope.facet}")
            found[scope] = self._unwrap(kept[scope])
        return found

    def key_for_sealing(self, scope: Scope) -> DataKey:
        """Return a scope's key, making it when there is none yet; KeyErased when it was erased.

        The key is on disk before anything is sealed with it. When the transaction that wanted it is rolled back,
        a key without content stays behind, which harms nobody. Two processes at once get the same key.
        """
        known = self.memory.get(scope)
        if known is not None:
            return known
        kept = self.store.read([scope]).get(scope)
        if kept is None:
            version, wrapped = self.rings[scope.ring].wrap(DataKey(os.urandom(KEY_BYTES)), scope)
            kept = self.store.add(WrappedKey(scope, version, wrapped))
        key = self._unwrap(kept)
        if key is None:
            raise KeyErased("this part of the file was erased; nothing new may be sealed in it")
        return key

    def _unwrap(self, kept: WrappedKey) -> DataKey | None:
        if kept.wrapped is None:
            return None
        key = self.rings[kept.scope.ring].unwrap(kept.version, kept.wrapped, kept.scope)
        self.memory.put(kept.scope, key)
        return key

    def destroy(self, scope: Scope, at: datetime) -> None:
        """Destroy a scope's key here and in the store. There is no way back."""
        self.store.erase(scope, at)
        self.memory.forget(scope)

    def rewrap_some(self, ring: str, version: int, limit: int) -> int:
        """Wrap up to `limit` keys that are behind this version anew; return how many were looked at."""
        some = self.store.behind(ring, version, limit)
        for old in some:
            if old.wrapped is None:
                continue
            key = self.rings[ring].unwrap(old.version, old.wrapped, old.scope)
            now_at, wrapped = self.rings[ring].wrap(key, old.scope)
            self.store.rewrap(old, WrappedKey(old.scope, now_at, wrapped))
        return len(some)
