"""Pages of the medical-social register."""
