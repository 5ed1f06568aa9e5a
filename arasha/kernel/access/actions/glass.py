"""Break-glass: one dossier in an emergency, for three hours, watched and reviewed by others."""

import uuid
from datetime import datetime

from django.conf import settings

from arasha.kernel.access import policy
from arasha.kernel.access.actions.calling import call
from arasha.kernel.access.actions.entering import MICROSECONDS, mark
from arasha.kernel.access.rules import Actor, keys


def microseconds(moment: datetime) -> int:
    """Return a moment as the database writes it into what a proof covers."""
    return round(moment.timestamp() * MICROSECONDS)


def break_glass(
    *, actor: Actor, dossier: uuid.UUID, reason: str, factor_at: datetime, review_due: datetime
) -> uuid.UUID:
    """Open one dossier's ordinary facets to this user for three hours.

    `reason` is a code; `factor_at` when the second factor was shown, at most five minutes ago; `review_due` the end
    of the third working day. Stands inside an open act. The row names the lead unit and a watching unit outside
    the user's line: they are to be told. Raises `Refused` (no such right, or an earlier glass of theirs was not
    reviewed in time), `NotThere` (also for the barred), `NotValid`.
    """
    policy.require(actor, "break_glass")
    message = (
        f"break_glass|{dossier}|{actor.user_id}|{reason}|{microseconds(factor_at)}|{microseconds(review_due)}|{mark()}"
    )
    value = call(
        "break_glass",
        dossier,
        reason,
        factor_at,
        review_due,
        keys.proof(settings.SECRET_KEY, message),
        casts="%s::uuid, %s, %s::timestamptz, %s::timestamptz, %s::bytea",
    )
    return uuid.UUID(str(value))


def review_glass(*, glass: uuid.UUID, justified: bool) -> None:
    """Say whether a broken glass was justified; by the lead's or the watching unit, never by the breaker's.

    Stands inside an open act. Raises `NotThere`, `Refused`, `Conflict`.
    """
    call("review_glass", glass, justified, casts="%s::uuid, %s::boolean")
