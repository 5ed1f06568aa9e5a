"""What is kept of children's own applications."""

from arasha.adulthood.models.application import Application, Turn

__all__ = ["Application", "Turn"]
