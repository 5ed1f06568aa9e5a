from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "arasha.participation"
    label = "participation"
