"""The console of operators, the wall of supervisors, and what leads out of a contact."""
