"""What is kept of children's own applications, and of who comes of age."""

from arasha.adulthood.models.application import Application, Turn
from arasha.adulthood.models.growing import Entry

__all__ = ["Application", "Entry", "Turn"]
