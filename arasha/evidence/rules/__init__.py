"""The codes of received files, and for how long an original is opened."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from arasha.kernel.access.rules import Facet
from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parents[1] / "data"
CUSTODY: Final = CodeList(DATA / "custody.csv")
DETAILS: Final = CodeList(DATA / "details.csv")
KINDS: Final = CodeList(DATA / "kinds.csv")
NO_COPY: Final = CodeList(DATA / "no_copy.csv")
# Under these two lie the original and the copy.
ORIGINAL: Final = Facet.INTERVIEW
COPY: Final = Facet.NARRATIVE
# To whom an original goes: the first that stands in the territory and may know, as the finder of duties finds them.
INVESTIGATOR: Final = "women_children_police"
INSTEAD: Final = ("juvenile_inspection", "prosecution")
OPEN_FOR: Final = timedelta(days=365)
# Where no investigator is found, the lead and the coordination hear of it, and again after each such time.
COORDINATION: Final = "coordination_district"
HIGHER: Final = ("coordination_region", "coordination_nation", "ombudsperson")
AGAIN: Final = timedelta(hours=1)
# Pictures are shown on a page of ours, so that no copy stays in the folder of downloads.
SHOWN: Final = ("image/jpeg", "image/png", "image/webp")


def kind_of(content_type: str) -> str:
    """Return the code by which a file is called: `picture`, `sound`, `film`, `document` or `unknown`."""
    family = content_type.partition("/")[0]
    known = {"image": "picture", "audio": "sound", "video": "film", "text": "document"}
    if content_type == "application/octet-stream":
        return "unknown"
    return known.get(family, "document")
