from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """What is decided about services for children as a whole: pilots, and what becomes of them."""

    name = "arasha.governance"
    label = "governance"
