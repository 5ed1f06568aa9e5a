"""Settings, the URL table, WSGI and the command line: wiring only."""
