from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "arasha.web"
    label = "web"

    def ready(self) -> None:
        """Lend to lower folders what only higher ones can count."""
        from arasha.protocols.queries.affected import lend  # noqa: PLC0415  models are not loaded before the apps
        from arasha.web.queries import files_under  # noqa: PLC0415

        lend(files_under)
