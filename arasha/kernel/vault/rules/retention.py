"""How long a destroyed key may live on in backups, and how its backups are named."""

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

BACKUP_DAYS: Final = 30
COUNTRY: Final = ZoneInfo("Asia/Almaty")
NAME = re.compile(r"keys-(\d{4}-\d{2}-\d{2})T\d{6}Z\.sqlite3")


def final_on(at: datetime) -> date:
    """Return the day from which nothing erased at this moment can be brought back: backups are gone by then.

    A backup made on the day itself may be kept through the thirtieth day; pruning removes it on the next.
    """
    return at.astimezone(COUNTRY).date() + timedelta(days=BACKUP_DAYS + 1)


def backup_name(now: datetime) -> str:
    """Return the name of a backup made now; UTC, to the second."""
    return f"keys-{now.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H%M%SZ}.sqlite3"


def day_of_backup(name: str) -> date | None:
    """Return the day in a backup's name, or None for a file that is no backup of ours."""
    found = NAME.fullmatch(name)
    return date.fromisoformat(found[1]) if found else None
