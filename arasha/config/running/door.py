"""The address on loopback: one listening socket, made before the web server and kept while it is restarted."""

import http.client
import os
import socket

from arasha.config import environment
from arasha.config.environment import ConfigurationError

FIRST = 8000
LAST = 8099


def listen(variable: str = "ARASHA_PORT", first: int = FIRST) -> socket.socket:
    """Return a socket that listens on 127.0.0.1: on the port that the variable names, or the first free one of 100.

    Raises ConfigurationError when the named port is taken, or each of the hundred is.
    """
    asked = environment.number(variable, 0)
    last = min(first + LAST - FIRST, 65535)
    for port in [asked] if asked else range(first, last + 1):
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
        f"{variable} {asked} is taken." if asked else f"No port from {first} to {last} is free; name one in {variable}."
    )


def listen_after(staff: socket.socket) -> socket.socket:
    """Return the socket of the public's pages: on ARASHA_PUBLIC_PORT, or on the next free port after the staff's.

    Raises ConfigurationError as `listen` does.
    """
    return listen("ARASHA_PUBLIC_PORT", min(staff.getsockname()[1] + 1, 65535))


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
