"""The medical-social register's forms and addresses."""

FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/medical-social/{dossier}/": (
        "coordinator",
        {"do": b"notify", "grounds": b"violence"},
        "number dated needs review_on measures_until reason words",
    ),
}
ASKED = (("coordinator", "/medical-social/", "after"),)
