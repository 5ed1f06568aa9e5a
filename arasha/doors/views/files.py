"""The page on which files are added to what is told: what may be sent, what should not be, and what came in."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arasha.doors import actions
from arasha.doors.rules import texts
from arasha.doors.rules.parcels import CHOOSABLE, MEGA, MOST_FILES, MOST_FILM, Attached, without
from arasha.doors.views import page

PROBLEMS: Final = {
    "large": gettext_lazy("“%(name)s” is too large: a file may have 20 MB, a film 50 MB."),
    "kind": gettext_lazy("“%(name)s” can't be taken. A photo, a sound, a film, a PDF or a document can."),
    "empty": gettext_lazy("“%(name)s” is empty. Choose it again."),
    "many": gettext_lazy("No more than 5 files can be sent at once. More can be sent later with the code."),
    "broken": gettext_lazy("The file did not come whole. Try again; a smaller one comes through more easily."),
    "slow": gettext_lazy("It took too long. Try a smaller file, or a faster connection."),
    "busy": gettext_lazy("Many are sending files right now. Try again in a minute."),
    "flood": gettext_lazy("Many files were sent from here. Try again in some minutes."),
    "room": gettext_lazy("No more files can be taken now. They can be sent later with the code."),
    "failed": gettext_lazy("The file can't be taken now. It can be sent later with the code."),
    "none": gettext_lazy("Choose a file first, or go on without one."),
}
STATUS: Final = {"busy": 503, "room": 503, "failed": 503, "flood": 429, "large": 413, "slow": 408}


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of files: whose words it speaks, what came in, what it carries, where it leads and where files go."""

    teller: str
    files: tuple[Attached, ...]
    state: dict[str, Any]
    purpose: str
    home: str
    uploads: str

    def with_more(self, files: Sequence[Attached]) -> "Shown":
        """Return the page with more files on it."""
        every = (*self.files, *files)
        return replace(self, files=every, state={**self.state, "files": [one.to_state() for one in every]})


def show(request: HttpRequest, shown: Shown, problem: str = "", name: str = "") -> HttpResponse:
    """Render the page; with a problem it says what went wrong, and that what was told is still there."""
    said = {part: texts.part("files", part, shown.teller) for part in texts.load("files")}
    context = {
        "said": said,
        "files": shown.files,
        "full": len(shown.files) >= MOST_FILES,
        "problem": PROBLEMS[problem] % {"name": name} if problem else "",
        "choosable": CHOOSABLE,
        "most": MOST_FILM,
        "too_large": _("This is too large: a file may have 20 MB, a film 50 MB."),
        "listed": [(one, _size(one)) for one in shown.files],
        "here": reverse(shown.home),
        "uploads": reverse(shown.uploads),
        "state": page.carried(shown.state, shown.purpose),
    }
    return page.show(request, "doors/files.html", context, STATUS.get(problem, 422) if problem else 200)


def removed(files: Sequence[Attached], parcel: str) -> tuple[Attached, ...]:
    """Take a file away and return the others. If it can't be taken away now, it is swept away later."""
    for one in files:
        if str(one.parcel) == parcel:
            with suppress(DatabaseError):
                actions.drop_parcel(parcel=one.parcel)
    return without(files, parcel)


def _size(one: Attached) -> str:
    return _("%(n)s MB") % {"n": f"{max(one.size / MEGA, 0.1):.1f}"}
