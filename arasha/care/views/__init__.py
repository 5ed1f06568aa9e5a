"""Pages of entry and removal."""
