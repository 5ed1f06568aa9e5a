from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "arasha.participation"
    label = "participation"

    def ready(self) -> None:
        """Let the finder of help learn of which places what children said can be read."""
        from arasha.doors.queries import HEARD  # noqa: PLC0415  models are not loaded before the apps
        from arasha.participation.queries import told_of  # noqa: PLC0415

        HEARD["feedback"] = told_of
