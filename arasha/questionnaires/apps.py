from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "arasha.questionnaires"
    label = "questionnaires"
