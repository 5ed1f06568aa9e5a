from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The directory of services: who offers what kind of help where, for whom, and whether that is still so."""

    name = "arasha.services"
    label = "services"
