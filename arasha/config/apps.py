"""The house's wiring as a Django application: it has commands and checks, no tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "arasha.config"
    label = "config"
