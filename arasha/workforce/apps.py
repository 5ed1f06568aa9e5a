from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Who works on how much: the load of each worker, leave with a substitute, the handing over of cases."""

    name = "arasha.workforce"
    label = "workforce"

    def ready(self) -> None:
        """Tell the pages of the lead how busy other units are."""
        from arasha.cases.queries import lend_bands  # noqa: PLC0415  models are not loaded before the apps
        from arasha.workforce.queries import load_bands  # noqa: PLC0415

        lend_bands(load_bands)
