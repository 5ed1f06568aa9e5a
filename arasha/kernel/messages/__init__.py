"""Tells people that they have work, without telling anything about a child."""
