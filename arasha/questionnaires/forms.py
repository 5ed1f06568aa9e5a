"""The shape of what is handed in and decided."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.questionnaires.rules.standing import LONGEST_REASON, Kind
from arasha.ui.fields import Option

LONGEST = 1_000_000  # a form of three hundred questions in three languages stays below half of it


class ImportForm(forms.Form):
    """A form: an Excel workbook, or its tables pasted. What was handed in stays when it has a fault."""

    file = forms.FileField(
        label=_("Excel workbook"),
        help_text=_("Made from the template, with its sheets. A CSV file fits, too. Up to 2 MB."),
        required=False,
        allow_empty_file=True,
        max_length=200,
    )
    text = forms.CharField(
        label=_("Or the tables as text"),
        help_text=_(
            "As in a form that was downloaded as a text. After a fault your file stands here as a text, to be mended."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "a-code-text"}),
        max_length=LONGEST,
        required=False,
        strip=False,
    )
    error_title = _("The form was not kept")

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("file") and not (given.get("text") or "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste the tables."))
        return given

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show no count of a million characters; the limit is told when it is passed."""
        super().__init__(*args, **kwargs)
        del self.fields["text"].widget.attrs["maxlength"]

    def content(self) -> bytes:
        """Return the bytes of what was handed in; the file stands over the text."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode()


class DecisionForm(forms.Form):
    """What to decide about a version; `possible` are the decisions that this person may take now, with their words."""

    kind = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For a withdrawal. Everybody who reads this form later sees it."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
        max_length=LONGEST_REASON,
        required=False,
    )
    error_title = _("Nothing was decided")

    def __init__(self, *args: Any, possible: Iterable[tuple[Kind, Option]] = (), **kwargs: Any) -> None:
        """Offer what may be decided; leave out the reason where nothing needs it."""
        super().__init__(*args, **kwargs)
        offered = list(possible)
        self.fields["kind"].choices = [(kind.value, option) for kind, option in offered]  # type: ignore[attr-defined]
        if not {Kind.ASK, Kind.WITHDRAW} & {kind for kind, _option in offered}:
            del self.fields["reason"]
