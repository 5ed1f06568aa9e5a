"""The acts of law that duties rest on, with the state in which each is known."""
