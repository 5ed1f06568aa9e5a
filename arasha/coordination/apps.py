from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "arasha.coordination"
    label = "coordination"

    def ready(self) -> None:
        """Say where the closing of a case is decided."""
        from arasha.coordination.queries import decided_at_page  # noqa: PLC0415  models are not loaded before the apps
        from arasha.obligations.queries import lend_page  # noqa: PLC0415

        lend_page("case_closing", decided_at_page)

    def load_reference(self) -> int:
        """Bring steps by which a child is seen, and limits of silence, to the data; returns how many changed."""
        from arasha.coordination import actions  # noqa: PLC0415  models are not loaded before the apps
        from arasha.kernel.access.rules import Actor  # noqa: PLC0415
        from arasha.kernel.worktime.queries import domain_now  # noqa: PLC0415

        installation = Actor(kind="system", purpose="load_reference")
        now = domain_now(using="owner")
        loaded = actions.load_reference(actor=installation, now=now)
        return loaded + actions.load_silences(actor=installation, now=now)
