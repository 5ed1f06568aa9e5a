"""The house's wiring as a Django application: it has commands and checks, no tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "arasha.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks."""
        from arasha.config import checks  # noqa: F401, PLC0415  registering is what importing it does
        from arasha.config.soundness import deployment  # noqa: F401, PLC0415
