from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "arasha.obligations"
    label = "obligations"

    def ready(self) -> None:
        """Let who ends a unit learn how many duties still rest on it."""
        from arasha.administration.queries import POINTERS  # noqa: PLC0415 - models are not ready before
        from arasha.obligations.queries.resting import resting_on  # noqa: PLC0415

        POINTERS["duties"] = resting_on
