from django.apps import AppConfig


class HelplineConfig(AppConfig):
    name = "arasha.helpline"
    label = "helpline"

    def load_reference(self) -> int:
        """Bring the reasons to what `data/reasons.csv` says; returns how many rows changed."""
        from arasha.helpline import actions  # noqa: PLC0415  models are not loaded before the apps
        from arasha.kernel.access.rules import Actor  # noqa: PLC0415
        from arasha.kernel.worktime.queries import domain_now  # noqa: PLC0415

        installation = Actor(kind="system", purpose="load_reference")
        return actions.load_reasons(actor=installation, now=domain_now(using="owner"))
