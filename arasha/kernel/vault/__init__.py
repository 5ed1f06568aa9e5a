"""Encrypts what must stay secret, file by file and facet by facet, and can forget it for good."""
