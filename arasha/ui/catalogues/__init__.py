"""Message catalogues without gettext's binaries: extraction, checks and compiling by Babel."""
