"""What is sent to the pages of institutions, whether a unit is one or not."""

UNIT = 660_000_001
ONCE = b"00000000-0000-4000-8000-000000000031"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    f"/institutions/{UNIT}/": ("coordinator", {"once": ONCE, "team": b"nurse"}, "police"),
}
ASKED = tuple(
    ("coordinator", address, name)
    for address in ("/institutions/", "/institutions/list.csv")
    for name in ("in", "standing", "after")
)
