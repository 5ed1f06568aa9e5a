"""What a page may ask of a browser: nothing of its sensors, unless a page says which."""

# Nothing of a browser's sensors or identity is needed by any page but those that say so.
SENSORS = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


def permissions(*own: str) -> str:
    """Return the header Permissions-Policy that forbids all sensors but those named, to our own page alone."""
    return ", ".join(f"{sensor}={'(self)' if sensor in own else '()'}" for sensor in SENSORS)
