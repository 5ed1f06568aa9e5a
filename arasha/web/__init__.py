"""Puts the house together: the table of URLs, health, home. Composition only."""
