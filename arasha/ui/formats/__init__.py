"""Dates and numbers as the three languages write them on screens (docs/glossary.md)."""
