"""What a form of the directory asks."""
