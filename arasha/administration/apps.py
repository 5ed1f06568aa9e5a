from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "arasha.administration"
    label = "administration"
