from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "arasha.plans"
    label = "plans"

    def ready(self) -> None:
        """Say where duties of referrals and of questions to specialists are answered."""
        from arasha.obligations.queries import lend_page  # noqa: PLC0415  models are not loaded before the apps
        from arasha.plans.queries import action_page, answer_page, question_page, review_page  # noqa: PLC0415
        from arasha.plans.rules.referral import REFERRAL, SPECIALIST  # noqa: PLC0415

        lend_page(REFERRAL, answer_page)
        lend_page(SPECIALIST, question_page)
        lend_page("plan_review", review_page)
        lend_page("plan_action", action_page, answers=False)

    def load_reference(self) -> int:
        """Hold the shipped rules of eligibility to the acts of law that there are; nothing is written.

        Raises FaultyRule with file, line and reason.
        """
        from importlib import resources  # noqa: PLC0415  models are not loaded before the apps

        from arasha.law.queries import known_keys  # noqa: PLC0415
        from arasha.plans.rules import read_rules  # noqa: PLC0415

        read_rules(resources.files("arasha.plans") / "data" / "eligibility", acts=known_keys(using="owner"))
        return 0
