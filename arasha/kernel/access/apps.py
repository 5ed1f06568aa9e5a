from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "arasha.kernel.access"
    label = "access"
    default_auto_field = "django.db.models.AutoField"

    def load_reference(self) -> int:
        """Bring functions, facets and the table part × facet to what `data/` says; returns how many rows changed."""
        from arasha.kernel.access.actions import load_reference  # noqa: PLC0415 - models are not ready before

        return load_reference()
