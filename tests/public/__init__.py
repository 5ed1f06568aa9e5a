"""The process that serves the public, from outside: its door, its role, its answers."""
