from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "arasha.kernel.territory"
    label = "territory"
