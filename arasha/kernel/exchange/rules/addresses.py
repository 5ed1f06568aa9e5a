"""From which address a request comes, as far as it can be believed."""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

NOWHERE: Final = "0.0.0.0"  # noqa: S104 - no address to listen on: the one that belongs to no network


def client_address(meta: Mapping[str, Any], proxies: int) -> str:
    """Return the client's address: what the outermost of our `proxies` saw; X-Forwarded-For beyond them is hearsay.

    Whatever is no address (a socket has none) is 0.0.0.0, which stands in no network that an account may come from.
    """
    said = str(meta.get("REMOTE_ADDR") or "")
    if proxies:
        hops = [hop.strip() for hop in str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",")]
        said = hops[-proxies] if len(hops) >= proxies else ""
    try:
        found = ip_address(said)
    except ValueError:
        return NOWHERE
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or found.compressed.partition("%")[0])
    return str(found)
