from django.apps import AppConfig


class HelplineConfig(AppConfig):
    name = "arasha.helpline"
    label = "helpline"

    def load_reference(self) -> int:
        """Bring reasons and phrases to what the files in `data/` say; returns how many rows changed."""
        from arasha.helpline import actions  # noqa: PLC0415  models are not loaded before the apps
        from arasha.kernel.access.rules import Actor  # noqa: PLC0415
        from arasha.kernel.worktime.queries import domain_now  # noqa: PLC0415

        installation = Actor(kind="system", purpose="load_reference")
        now = domain_now(using="owner")
        return actions.load_reasons(actor=installation, now=now) + actions.load_phrases(actor=installation, now=now)
