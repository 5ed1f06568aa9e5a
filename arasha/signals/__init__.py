"""Every door in: what somebody noticed about a child, who answers for it, and what came of it."""
