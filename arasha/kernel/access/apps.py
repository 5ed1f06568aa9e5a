from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "arasha.kernel.access"
    label = "access"
