from django.apps import AppConfig


class PreventionConfig(AppConfig):
    """Certificates of programmes for parents: issued, withdrawn, and checked by whoever is shown one."""

    name = "arasha.prevention"
    label = "prevention"
