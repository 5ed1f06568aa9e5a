"""What a worker fills in of their own ties."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.administration.rules.ties import TIES
from arasha.kernel.access.models import Body
from arasha.ui.fields import DateField


class TieForm(forms.Form):
    """A tie to one of the bodies that were found."""

    body = forms.TypedChoiceField(label=_("Which body it is"), widget=forms.RadioSelect, coerce=int, choices=[])
    kind = forms.ChoiceField(label=_("What ties you to it"), choices=TIES.choices, widget=forms.RadioSelect)
    since = DateField(label=_("Since when"), help_text=_("About when, if you do not know exactly."))
    last_day = DateField(label=_("Until when"), help_text=_("Leave it empty if it still is so."), required=False)

    def __init__(self, *arguments: Any, found: Sequence[Body], today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        self.fields["body"].choices = [(body.pk, body.name) for body in found]  # type: ignore[attr-defined]  # a choice field

    def clean_since(self) -> date:
        """Refuse a day that lies ahead."""
        said: date = self.cleaned_data["since"]
        if said > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return said

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        said = super().clean() or {}
        if said.get("since") and said.get("last_day") and said["last_day"] < said["since"]:
            self.add_error("last_day", _("This day lies before the first."))
        return said
