"""What children say of the services that they had, and what becomes of it."""
