"""Puts the house together: the table of URLs, health, the first page, the demonstration. Composition only."""
