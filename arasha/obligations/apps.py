from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "arasha.obligations"
    label = "obligations"
