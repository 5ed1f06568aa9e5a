"""Pages of the team."""
