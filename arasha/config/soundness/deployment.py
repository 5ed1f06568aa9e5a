"""`arasha check --deploy`: registers what is asked of an installation that real people use."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings as this
from django.core.checks import CheckMessage, register

from arasha.config.soundness import database, public, settings

ASKED: Sequence[Callable[[], Iterable[CheckMessage]]] = (
    settings.reach,
    public.names,
    public.printed,
    settings.channels,
    settings.keys,
    settings.backups,
    database.database,
    database.machine,
)

ASKED_OF_PUBLIC: Sequence[Callable[[], Iterable[CheckMessage]]] = (
    public.names,
    public.reach,
    public.keys,
    public.login,
)


@register("arasha", deploy=True)
def check_deployment(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Ask everything that concerns this process: the staff's, or the public's."""
    return [finding for ask in (ASKED_OF_PUBLIC if this.SERVES == "public" else ASKED) for finding in ask()]
