from django.apps import AppConfig


class CareConfig(AppConfig):
    """Who may enter a home, joint visits, and a child's removal from immediate danger."""

    name = "arasha.care"
    label = "care"
