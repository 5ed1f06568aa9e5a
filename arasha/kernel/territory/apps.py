"""Territory: the units of KATO, what they were and what they became."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Holds the shipped units; `arasha load-reference` calls `load_reference`."""

    name = "arasha.kernel.territory"
    label = "territory"

    def load_reference(self) -> int:
        """Bring the owner's database to the shipped units; return how many rows were written."""
        from arasha.kernel.territory import actions, policy  # noqa: PLC0415 - models are there only after setup

        return actions.load_territory(actor=policy.INSTALLATION)
