"""The table that is handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.services.actions.importing import LONGEST_SOURCE


class TableForm(forms.Form):
    """A file, and whose numbers stand in it."""

    source = forms.CharField(
        label=_("Which system the table comes from"),
        help_text=_("For example: akimat. Under the same name a second table changes the same entries."),
        max_length=LONGEST_SOURCE,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 10 MB and 30,000 rows. The file itself is kept nowhere."),
        allow_empty_file=True,
    )
