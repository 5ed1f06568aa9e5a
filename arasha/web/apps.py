from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "arasha.web"
    label = "web"
