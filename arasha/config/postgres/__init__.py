"""Starts and stops a PostgreSQL of this installation's own: no TCP, no trust, nothing shared.

It serves `make run` and the tests. In production the operator brings a PostgreSQL and two DSNs, and nothing
in this package runs but the SQL for the roles.
"""
