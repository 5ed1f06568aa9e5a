"""Pages of institutions: the list, one of them, those of a file."""
