"""Working time and the country's calendar."""

from datetime import UTC, datetime

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """Holds the calendar's reviewed file; `arasha load-reference` calls `load_reference`."""

    name = "arasha.kernel.worktime"
    label = "worktime"

    def load_reference(self) -> int:
        """Bring the owner's database to the calendar's file; return how many days changed."""
        from arasha.kernel.worktime import actions, policy  # noqa: PLC0415 - models are there only after setup

        return actions.load_days(actor=policy.INSTALLATION, now=datetime.now(UTC))
