"""Pages of the directory for who keeps it, and for who works where help is given."""
