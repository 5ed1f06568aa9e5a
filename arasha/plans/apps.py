from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "arasha.plans"
    label = "plans"
