from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Who works on how much: the load of each worker, leave with a substitute, the handing over of cases."""

    name = "arasha.workforce"
    label = "workforce"
