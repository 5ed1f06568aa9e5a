from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "arasha.doors"
    label = "doors"
