from django.apps import AppConfig


class AdulthoodConfig(AppConfig):
    """Towards adulthood: what a child asks for itself, and the race against the 18th birthday."""

    name = "arasha.adulthood"
    label = "adulthood"
