"""`arasha run`: one process that prepares an installation and keeps its parts alive until it is told to end."""
