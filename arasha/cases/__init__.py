"""The child's own file of work, from acceptance to closure."""
