from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "arasha.people"
    label = "people"
