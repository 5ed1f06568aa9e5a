from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "arasha.kernel.worktime"
    label = "worktime"
