from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "arasha.kernel.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.AutoField"

    def load_reference(self) -> int:
        """Bring the table of events to what `data/` says; returns how many rows changed."""
        from arasha.kernel.exchange.actions.reference import load_reference  # noqa: PLC0415 - models are not ready before

        return load_reference()
