from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Who consents that a body reads a child's file, what is shared on it or without it, and that it stops."""

    name = "arasha.sharing"
    label = "sharing"
