"""A table handed in: pasted from a spreadsheet, or as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def pasted(help_text: Any, *, rows: int, longest: int) -> forms.CharField:
    """Return the field into which a table is pasted; a file may stand for it."""
    return forms.CharField(
        label=_("The table"),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}),
        max_length=longest,
        required=False,
        strip=False,
    )


class TableForm(forms.Form):
    """A table, pasted or as a file."""

    table = pasted("", rows=8, longest=100_000)
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("CSV or an Excel workbook, up to 2 MB."),
        required=False,
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        found = super().clean() or {}
        given = (found.get("table") or "").strip() or found.get("file")
        if not given and not {"table", "file"} & set(self.errors):
            self.add_error("table", _("Paste the table or choose a file."))
        return found

    def content(self) -> bytes:
        """Return the bytes of what was handed in; the file stands over the text."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else str(self.cleaned_data["table"]).encode()
