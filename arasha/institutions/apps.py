from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Schools with the police unit that answers for each and its safety team, and those that have none."""

    name = "arasha.institutions"
    label = "institutions"
