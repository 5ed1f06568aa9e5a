from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "arasha.cases"
    label = "cases"

    def load_reference(self) -> int:
        """Load the working list of forms of violence and its mapping; returns how many rows changed."""
        from arasha.cases.actions import load_violence  # noqa: PLC0415  models are not loaded before the apps
        from arasha.kernel.access.rules import Actor  # noqa: PLC0415
        from arasha.kernel.worktime.queries import domain_now  # noqa: PLC0415

        installation = Actor(kind="system", purpose="load_reference")
        return load_violence(actor=installation, now=domain_now(using="owner"))
