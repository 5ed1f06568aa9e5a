"""What a document may be: where its template lies, how much may go in, how much may come out."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

# <folder>/<name>.typ below a folder's `templates/`, as pages name theirs.
TEMPLATE: Final = re.compile(r"[a-z_]+/[a-z_]+\.typ")
LANGUAGES: Final = ("kk", "ru", "en")
MOST_DATA: Final = 2_000_000
MOST_PDF: Final = 20_000_000
SECONDS: Final = 30


class DocumentFailed(Exception):
    """A document was not made. `code`: `data` (not JSON), `large`, `slow`, `busy`, `template` (ours is wrong), `fonts`.

    `detail` is the typesetter's own sentence: for whoever mends a template, never for a page or a log.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def packed(given: Mapping[str, Any]) -> str:
    """Return what a template is given as JSON; raises DocumentFailed `data` or `large`."""
    try:
        text = json.dumps(given, ensure_ascii=False, allow_nan=False)
        # A lone surrogate is text for Python and for nobody else.
        length = len(text.encode("utf-8"))
    except (TypeError, ValueError, RecursionError):
        raise DocumentFailed("data") from None
    if length > MOST_DATA:
        raise DocumentFailed("large")
    return text
