from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "arasha.law"
    label = "law"

    def load_reference(self) -> int:
        """Load the table of acts; returns how many rows were written."""
        from arasha.kernel.access.rules import Actor  # noqa: PLC0415  models are not loaded before the apps
        from arasha.kernel.worktime.queries import domain_now  # noqa: PLC0415
        from arasha.law import actions  # noqa: PLC0415

        installation = Actor(kind="system", purpose="load_reference")
        return actions.load_reference(actor=installation, now=domain_now(using="owner"))
