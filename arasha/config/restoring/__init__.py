"""Restoring: nothing serves until all of it is back, what was erased is erased again, and the journal was verified."""
