"""Chromium for the browser tests: found, or installed where that is allowed; never passed over in silence."""

import os
import shutil

from ground import CannotContinue, install_package

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> "str | None":
    """Return Chromium's path: ARASHA_CHROMIUM, or the first known name on PATH."""
    named = os.environ.get("ARASHA_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise CannotContinue(f"ARASHA_CHROMIUM names {named}, which is no program.")
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None)


def find_or_install() -> None:
    """Make sure that there is a Chromium; raises CannotContinue when there is none and none may be installed."""
    if find() is None:
        install_package("chromium", "The browser tests need Chromium.")
        if find() is None:
            raise CannotContinue("The package `chromium` brought no program; name one in ARASHA_CHROMIUM.")
