"""The tables that say who sees what, and what was signed of them."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from arasha.administration.models import SignOff
from arasha.kernel.access.models import Facet, Function


@dataclass(frozen=True, slots=True)
class AccessTables:
    """The tables as they stand, their digest, and the names of rows and columns."""

    tables: Any
    digest: str
    facets: list[Facet]
    functions: list[Function]


def access_tables() -> AccessTables:
    """Return the tables as the database holds them now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text, administration.tables_digest(t) FROM administration.present_tables() t")
        tables, digest = cursor.fetchone()
    return AccessTables(
        json.loads(tables), digest, list(Facet.objects.order_by("bit")), list(Function.objects.order_by("label_kk"))
    )


def last_signed() -> SignOff | None:
    """Return the newest sign-off that a second person confirmed."""
    return SignOff.objects.filter(confirmed_at__isnull=False).order_by("-confirmed_at").first()


def signed(digest: str) -> SignOff | None:
    """Return the sign-off of the tables with this digest, whether confirmed or not."""
    return SignOff.objects.filter(digest=digest).first()
