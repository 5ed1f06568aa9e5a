"""The procedures that say who must do what by when: data with versions, not code."""
