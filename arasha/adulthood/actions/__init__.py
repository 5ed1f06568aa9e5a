"""Every write of growing up."""

from arasha.adulthood.actions.errors import Ended, NotThere
from arasha.adulthood.actions.filing import file_application, move_on
from arasha.adulthood.actions.finishing import dismiss, grant, withdraw

__all__ = ["Ended", "NotThere", "dismiss", "file_application", "grant", "move_on", "withdraw"]
