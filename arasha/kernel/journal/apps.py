from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "arasha.kernel.journal"
    label = "journal"
