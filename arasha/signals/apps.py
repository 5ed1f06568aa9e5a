from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "arasha.signals"
    label = "signals"
