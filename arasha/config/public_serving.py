"""gunicorn's settings for the public's pages, for `arasha run` and for production (docs/operate.md)."""

import os
import sys
from typing import Any

from gunicorn import glogging

from arasha.config import logs
from arasha.config.serving import *  # noqa: F403


class Nameless(glogging.Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's log without addresses and paths: it would name whose request is malformed, and what was asked."""

    def warning(self, msg: Any, *args: Any, **more: Any) -> None:
        """Write a warning; of a malformed request only that there was one."""
        if str(msg).startswith("Invalid request"):
            msg, args = "A malformed request was refused.", ()
        super().warning(msg, *args, **more)

    def exception(self, msg: Any, *args: Any, **more: Any) -> None:
        """Write the kind and the places of an error, none of its words."""
        error = sys.exc_info()[1]
        super().error("A request failed: %s", " / ".join(logs.describe(error)) if error else "no reason known")


raw_env = ["DJANGO_SETTINGS_MODULE=arasha.config.public"]
workers = 1  # tries are counted in memory: with one process nobody gets a second count
threads = int(os.environ.get("ARASHA_PUBLIC_THREADS") or 8)
accesslog = None  # who was here, and when, is written nowhere
logger_class = Nameless
