from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "arasha.surveys"
    label = "surveys"
