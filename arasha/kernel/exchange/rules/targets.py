"""Where a webhook may lead: never into the house, wherever its name points."""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

LONGEST: Final = 1000
LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class TargetRefused(ValueError):
    """The address is no https address, has a password or fragment in it, or leads into a network that is not public."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What is allowed beyond public https addresses: names by setting, loopback where nothing is real."""

    hosts: frozenset[str] = frozenset()
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str


def target(address: str, allowed: Allowed) -> Target:
    """Return where an address leads, as far as the address tells. Raises TargetRefused."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise TargetRefused from None
    if not address.isascii() or len(address) > LONGEST or not host or any(ord(sign) <= 32 for sign in address):
        raise TargetRefused
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise TargetRefused
    near = allowed.loopback and host in LOOPBACK_NAMES
    if parts.scheme != "https" and not (near and parts.scheme == "http"):
        raise TargetRefused
    if not near and host not in allowed.hosts and not _public_name(host):
        raise TargetRefused
    return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), _path(parts))


def check_reached(host: str, addresses: Collection[str], allowed: Allowed) -> str:
    """Return the address to connect to, of those that a name stands for now. Raises TargetRefused.

    One that is not public spoils all: a name that leads to two places is asked twice by nobody of ours.
    """
    if not addresses:
        raise TargetRefused
    if host not in allowed.hosts:
        for one in addresses:
            found = ip_address(one)
            real = getattr(found, "ipv4_mapped", None) or found
            near = allowed.loopback and real.is_loopback and host in LOOPBACK_NAMES
            if not (near or (real.is_global and not real.is_multicast)):
                raise TargetRefused
    return min(addresses)


def _public_name(host: str) -> bool:
    """Say whether a name can be public: numbers are not (certificates are for names), nor are names of one word."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return (
            "." in host and not last.isdigit() and last not in {"local", "internal", "localhost", "lan", "home", "arpa"}
        )
    return False


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
