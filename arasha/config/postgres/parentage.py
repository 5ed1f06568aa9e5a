"""Ties a child's life to its parent's: nothing stays behind, even after kill -9."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def end_with_parent(parent: int, how: signal.Signals = signal.SIGTERM) -> None:
    """Let the kernel send this process a signal when its parent dies; ends it at once if that has happened.

    The kernel forgets this at a change of uid, so it is called after that and before exec.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        os._exit(1)
