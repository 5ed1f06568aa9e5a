from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """Emergencies of a territory: which bodies are open, remote or closed, and who stands in for them."""

    name = "arasha.emergency"
    label = "emergency"
