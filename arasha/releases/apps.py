from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Requests for what a child's file holds: taken down from anybody, decided by two, never given to a suspect."""

    name = "arasha.releases"
    label = "releases"

    def ready(self) -> None:
        """Tell the page of a duty where the request stands."""
        from arasha.obligations.queries import lend_page  # noqa: PLC0415 - models are not ready before
        from arasha.releases.queries import asked_in  # noqa: PLC0415

        lend_page("file_request", asked_in, answers=False)
