"""What a person reads when a file is not kept, when nobody scanned it, or when a text is gone for good."""

from typing import Final

from django.utils.translation import gettext_lazy

REFUSALS: Final = {
    "empty": gettext_lazy("The file is empty. Choose it again."),
    "name": gettext_lazy("The file has no usable name. Give it a short name and choose it again."),
    "too_large": gettext_lazy("The file is too large. Send a shorter recording or a smaller scan."),
    "type": gettext_lazy(
        "Files of this kind are not taken. Send a picture, a PDF, an office document, a text, a recording or a film."
    ),
    "mismatch": gettext_lazy("The file is not what its name says. Save it anew from the program that made it."),
    "active": gettext_lazy("The file holds a program or a web page. Such files are not taken."),
    "polyglot": gettext_lazy("The file hides another file inside. Such files are not taken."),
    "bomb": gettext_lazy("The file would be too large when opened. Send a smaller one."),
    "damaged": gettext_lazy("The file is damaged and does not open. Save it anew and choose it again."),
    "macros": gettext_lazy("The document holds macros. Save it without them and choose it again."),
    "kind": gettext_lazy("Nothing here can clean a file of this kind of hidden data."),
    "long": gettext_lazy("The document has more than 60 pages."),
    "infected": gettext_lazy("The virus scanner found something harmful in the file. It was not kept."),
    "scanner": gettext_lazy("The virus scanner does not answer, so the file was not taken. Try again later."),
}
NOT_SCANNED: Final = gettext_lazy("Nobody scanned this file for viruses: no scanner is set up here.")
ERASED: Final = gettext_lazy("This was erased for good, as the law asks.")


def refusal_text(code: str) -> str:
    """Return why a file was not kept, in the reader's language; KeyError for a code that does not exist."""
    return str(REFUSALS[code])
