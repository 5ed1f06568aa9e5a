"""What can stand in a backup's or a restore's way; each message says what was left as it was and what to do."""


class BackupError(Exception):
    """A backup could not be made, or cannot be used as asked."""


class WrongPlace(BackupError):
    """Backups lie where keys, key backups or data lie, or the other way round."""


class NoRoom(BackupError):
    """There is not enough room for the backup."""


class Busy(BackupError):
    """Another backup or restore is under way, or the installation serves."""


class NotThere(BackupError):
    """There is no backup of this name."""


class Damaged(BackupError):
    """A backup is not as it was made: something was altered, is missing or was cut short."""


class NoProgram(BackupError):
    """PostgreSQL's own programs of the server's version are not on this machine."""


class ProgramFailed(BackupError):
    """One of PostgreSQL's programs ended with an error."""


class Refused(BackupError):
    """The backup does not fit this installation, or this place is not empty."""
