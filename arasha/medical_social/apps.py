from django.apps import AppConfig


class MedicalSocialConfig(AppConfig):
    """The medical-social register: a child is owed special social services for as long as the ground lasts."""

    name = "arasha.medical_social"
    label = "medical_social"

    def ready(self) -> None:
        """Say where its duties are answered."""
        from arasha.medical_social.queries import answered_at  # noqa: PLC0415 - models are not ready before
        from arasha.obligations.queries import lend_page  # noqa: PLC0415

        lend_page("medical_social_notice", answered_at)
        lend_page("medical_social_review", answered_at)
