"""`python3 deploy/bootstrap environment assets browser`: makes what the make targets need, and only what has changed.

Needs nothing but Python's standard library; it runs before the environment exists.
"""

import sys

from browser import find_or_install
from environment import make_environment
from ground import CannotContinue

from assets import build_assets

STEPS = {"environment": make_environment, "assets": build_assets, "browser": find_or_install}


def main() -> None:
    """Do the named steps in order; say in one line what is missing when one cannot be done."""
    try:
        for name in sys.argv[1:]:
            STEPS[name]()
    except CannotContinue as error:
        sys.exit(f"\nmake: {error}")


main()
