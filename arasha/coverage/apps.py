from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """Infrastructure for children: what is missing, what was promised, and what was opened, by territory."""

    name = "arasha.coverage"
    label = "coverage"
