"""What can stand in the launcher's way; each message says what was left as it was and what to do."""


class LauncherError(Exception):
    """PostgreSQL could not be started or stopped as asked."""


class NoBinaries(LauncherError):
    """No PostgreSQL of a supported version is on this machine."""


class AccountUnusable(LauncherError):
    """The account that should run PostgreSQL can't be made or can't reach its folders."""


class ForeignDataFolder(LauncherError):
    """The data folder holds something that this installation did not make."""


class WrongVersion(LauncherError):
    """The data folder was made by a PostgreSQL version that is not here."""


class DiskFull(LauncherError):
    """There is not enough room for the database."""


class AlreadyRunning(LauncherError):
    """Another process of this installation runs the database."""


class DidNotStart(LauncherError):
    """PostgreSQL ended, or gave no connection in time."""
