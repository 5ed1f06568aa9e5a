"""The doors' pages."""
