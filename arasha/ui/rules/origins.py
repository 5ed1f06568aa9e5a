"""Whether a form comes from a page of our own, by what the browser says."""

from collections.abc import Mapping


def is_own(headers: Mapping[str, str], own: str) -> bool:
    """Tell whether a request's headers say that a page of `own` (scheme://host) sent it.

    A browser that gives no origin, or hides it behind `null`, may still say that it is the same one
    (Sec-Fetch-Site, which no page can set). Whoever says neither is not believed.
    """
    origin = headers.get("Origin")
    if origin is None or origin == "null":
        return headers.get("Sec-Fetch-Site") == "same-origin"
    return origin == own
