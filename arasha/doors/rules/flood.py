"""How many tries somebody has: a bucket each, which fills by itself. In memory alone, and never about whom."""

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tries at once, and one more after each `every` seconds."""

    burst: int
    every: float


class Buckets:
    """The buckets of one kind of try, by a mark from which nobody can tell who it is.

    At most `most` of them: the one that was used longest ago is forgotten first.
    """

    def __init__(self, allowance: Allowance, most: int = 20_000) -> None:
        """Begin with no bucket; one that is not there is full."""
        self.allowance, self.most = allowance, most
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, mark: bytes, moment: float) -> float:
        """Take one try at a moment (of a clock that only runs forward); return 0, or the seconds until there is one.

        A try that is refused takes nothing, so that waiting helps.
        """
        burst, every = self.allowance.burst, self.allowance.every
        with self._lock:
            known, since = self._left.pop(mark, (float(burst), moment))
            left = min(float(burst), known + (moment - since) / every)
            wait = 0.0 if left >= 1 else (1 - left) * every
            self._left[mark] = (known, since) if wait else (left - 1, moment)
            while len(self._left) > self.most:
                self._left.popitem(last=False)
        return wait

    def wait(self, mark: bytes, moment: float) -> float:
        """Return how many seconds there is no try for a mark, and take none."""
        with self._lock:
            known, since = self._left.get(mark, (float(self.allowance.burst), moment))
        return max(0.0, (1 - known) * self.allowance.every - (moment - since))

    def forget(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._left.clear()

    def __len__(self) -> int:
        """Return how many buckets are kept."""
        return len(self._left)
