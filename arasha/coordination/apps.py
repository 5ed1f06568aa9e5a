from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "arasha.coordination"
    label = "coordination"
