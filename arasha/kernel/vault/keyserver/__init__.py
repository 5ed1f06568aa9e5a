"""The ring of reporters and interviews in a process, and under a user, of its own.

Whoever takes over the application can still ask it key by key, as long as he is there, and no faster than the
server's budget; he cannot carry the ring away. One request and one answer are one line of JSON each.
"""
