"""Commands that start, prepare and describe an installation."""
