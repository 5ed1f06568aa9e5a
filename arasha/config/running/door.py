"""The address on loopback: one listening socket, made before the web server and kept while it is restarted."""

import http.client
import os
import socket

from arasha.config import environment
from arasha.config.environment import ConfigurationError

FIRST = 8000
LAST = 8099


def listen() -> socket.socket:
    """Return a socket that listens on 127.0.0.1: on ARASHA_PORT, or on the first free port from 8000.

    Raises ConfigurationError when ARASHA_PORT is taken, or every port to 8099 is.
    """
    asked = environment.number("ARASHA_PORT", 0)
    for port in [asked] if asked else range(FIRST, LAST + 1):
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
            door.listen(2048)
        except OSError:
            door.close()
            continue
        return door
    raise ConfigurationError(
        f"ARASHA_PORT {asked} is taken."
        if asked
        else f"No port from {FIRST} to {LAST} is free; name one in ARASHA_PORT."
    )


def address(door: socket.socket) -> str:
    """Return the address to open in a browser."""
    return f"http://127.0.0.1:{door.getsockname()[1]}/"


def answers(door: socket.socket, patience: float) -> bool:
    """Say whether the web server behind the socket answers a request within `patience` seconds, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", door.getsockname()[1], timeout=patience)
    try:
        connection.request("GET", "/-/live")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def duplicate(door: socket.socket) -> int:
    """Return an inheritable descriptor of the socket, for children."""
    descriptor = os.dup(door.fileno())
    os.set_inheritable(descriptor, True)
    return descriptor
