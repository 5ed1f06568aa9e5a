"""The application's name for Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system; it has no tables."""

    name = "arasha.ui"
    label = "ui"
