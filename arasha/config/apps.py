"""The house's wiring as a Django application: it has commands and checks, no tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "arasha.config"
    label = "config"
    default = True

    def ready(self) -> None:
        """Register the checks."""
        from arasha.config import checks  # noqa: F401, PLC0415  registering is what importing it does
        from arasha.config.soundness import deployment  # noqa: F401, PLC0415


class AccountTables(AppConfig):
    """The sign-in's tables without its doors: where nobody signs in, its middleware is not missed."""

    name = "allauth.account"
    default_auto_field = "django.db.models.AutoField"
