from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "arasha.questionnaires"
    label = "questionnaires"

    def load_reference(self) -> int:
        """Publish the shipped forms; returns how many versions are new."""
        from arasha.kernel.access.rules import Actor  # noqa: PLC0415  models are not loaded before the apps
        from arasha.kernel.worktime.queries import domain_now  # noqa: PLC0415
        from arasha.questionnaires import actions  # noqa: PLC0415

        installation = Actor(kind="system", purpose="load_reference")
        return actions.load_reference(actor=installation, now=domain_now(using="owner"))
