"""What is sent to the pages of institutions, whether a unit is one or not."""

UNIT = 660_000_001
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    f"/institutions/{UNIT}/": ("coordinator", {"team": b"nurse"}, "police once"),
}
ASKED = tuple(
    ("coordinator", address, name)
    for address in ("/institutions/", "/institutions/list.csv")
    for name in ("in", "standing", "after")
)
