"""Commands of the web folder."""
