"""Where a page finds its styles, scripts and fonts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Names with a hash of the content once assets are collected, so that browsers keep them for ever.

    Before that (tests, a developer's first look) the plain name is served from the applications' folders.
    """

    def stored_name(self, name: str) -> str:
        """Return the hashed name, or the plain one where nothing was collected."""
        if not self.hashed_files:
            return str(self.clean_name(name))
        return str(super().stored_name(name))
