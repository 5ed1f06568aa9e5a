from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "arasha.obligations"
    label = "obligations"

    def ready(self) -> None:
        """Let who ends a unit learn what still rests on it, and let an allegation raise what procedures ask for."""
        from arasha.administration.queries import POINTERS  # noqa: PLC0415 - models are not ready before
        from arasha.obligations.actions import heed_allegation  # noqa: PLC0415
        from arasha.obligations.queries.resting import resting_on  # noqa: PLC0415
        from arasha.people.actions import HEEDING  # noqa: PLC0415

        POINTERS["duties"] = resting_on
        if heed_allegation not in HEEDING:
            HEEDING.append(heed_allegation)
