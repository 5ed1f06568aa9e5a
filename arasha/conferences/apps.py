from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """Case conferences: bodies meet about a child's file, decide, and what was decided is owed."""

    name = "arasha.conferences"
    label = "conferences"

    def ready(self) -> None:
        """Tell the page of a duty where it finds what was decided."""
        from arasha.conferences.queries.decided import decided_in  # noqa: PLC0415 - models are not ready before
        from arasha.obligations.queries import lend_page  # noqa: PLC0415

        lend_page("conference_decision", decided_in, answers=False)
