"""`arasha check --deploy`: registers what is asked of an installation that real people use."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from arasha.config.soundness import database, settings

ASKED: Sequence[Callable[[], Iterable[CheckMessage]]] = (
    settings.reach,
    settings.channels,
    settings.keys,
    settings.backups,
    database.database,
    database.machine,
)


@register("arasha", deploy=True)
def check_deployment(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Ask everything."""
    return [finding for ask in ASKED for finding in ask()]
