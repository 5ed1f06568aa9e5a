"""What is said of an institution: which police unit answers for it, who sits in its safety team."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.institutions import rules
from arasha.kernel.access.models import Unit
from arasha.ui.fields import Once

FAULTS = {
    "police": _("Choose the police unit that answers for it, or the seats of a team."),
    "team": _("Choose at least three seats, or none while there is no team."),
}


class ContactForm(Once):
    """The police unit and the seats of the team; `once` makes a second sending the same entry."""

    police = forms.ChoiceField(label=_("Police unit that answers for it"), required=False)
    team = forms.MultipleChoiceField(
        label=_("Who sits in the safety team"),
        help_text=_("Seats, no names."),
        choices=rules.TEAM.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *arguments: Any, police: Iterable[Unit], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", _("Nobody yet")), *((str(unit.pk), unit.name) for unit in police)]
        self.fields["police"] = forms.ChoiceField(
            label=_("Police unit that answers for it"), choices=choices, required=False
        )

    @property
    def said(self) -> rules.ContactSaid:
        """What was said."""
        got = self.cleaned_data
        return rules.ContactSaid(police=int(got["police"]) if got["police"] else None, team=tuple(got["team"]))

    def show_fault(self, fault: rules.Faulty) -> None:
        """Say at its field what can't be taken."""
        self.add_error(fault.name, FAULTS[fault.name])
