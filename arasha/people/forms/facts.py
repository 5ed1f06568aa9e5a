"""The shape of papers, contacts, addresses, schools and clinics, times away and what is under seal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.people.fields import IIN_FAULTS, SMALL, text
from arasha.ui.fields import DateField
from arasha.ui.rules import phones

DATE_HINT = _("Leave it empty if it is not known.")


class PaperForm(forms.Form):
    """A document, a number, a citizenship, or why there is none."""

    kind = forms.ChoiceField(label=_("Which document"), choices=rules.PAPERS.asked)
    number = text(_("Number"), most=60)
    country = text(_("State that gave it, or of which they are a citizen"), most=100)
    reason = forms.ChoiceField(label=_("If there is none: why"), choices=rules.ABSENCES.asked, required=False)
    remark = text(_("Remark"), most=500)

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs."""
        said = super().clean() or {}
        kind, number = said.get("kind", ""), said.get("number", "").strip()
        if kind in rules.PAPERS and rules.PAPERS[kind].more["numbered"] == "yes" and not number:
            self.add_error("number", _("Write the number as it stands in the document."))
        elif kind == "iin":
            try:
                rules.read_iin(number)
            except rules.IinInvalid as wrong:
                self.add_error("number", IIN_FAULTS[wrong.fault])
        if kind == "citizenship" and not said.get("country", "").strip():
            self.add_error("country", _("Name the state, or write that there is no citizenship."))
        if kind == "absent" and not said.get("reason"):
            self.add_error("reason", _("Say why there is no document; “not asked yet” is an answer too."))
        return said


class ContactForm(forms.Form):
    """A way to reach somebody, and whether it is safe."""

    kind = forms.ChoiceField(label=_("What this is"), choices=rules.CONTACTS.choices, initial="phone")
    value = forms.CharField(
        label=_("Number or name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    whose = forms.ChoiceField(label=_("Whose it is"), choices=rules.CONTACT_OWNERS.asked)
    safe = forms.ChoiceField(
        label=_("Is it safe to use"),
        help_text=_("Think of who may pick up or read it."),
        choices=rules.CONTACT_SAFETY.choices,
        widget=forms.RadioSelect,
    )
    when = text(_("When and how"), _("For example: after 18:00, only by voice, ask for Aunt Gulnaz."), most=300)
    normal = ""

    def clean(self) -> dict[str, Any]:
        """Read a telephone number as it is compared."""
        said = super().clean() or {}
        if said.get("kind") == "phone" and said.get("value"):
            try:
                self.normal = phones.normal(said["value"], abroad=True)
            except phones.NotAPhone:
                self.add_error("value", _("This is no telephone number. Write it with its code, for example +7 701 …"))
        return said


class AddressForm(forms.Form):
    """Where somebody lives. The place is chosen from a list, the rest is written."""

    kind = forms.ChoiceField(label=_("Which address"), choices=rules.ADDRESSES.choices)
    territory = forms.ChoiceField(label=_("District"), choices=[], required=False)
    line = forms.CharField(
        label=_("Village or town, street, house, flat"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    since = DateField(label=_("Since when"), help_text=DATE_HINT, required=False)

    def __init__(self, *arguments: Any, places: Any, kinds: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["territory"].choices = [("", "–"), *places]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field


class AttendanceForm(forms.Form):
    """A school, kindergarten or clinic."""

    kind = forms.ChoiceField(label=_("What this is"), choices=rules.ATTENDANCES.choices)
    place = forms.TypedChoiceField(
        label=_("From the list of this place"), choices=[], required=False, coerce=int, empty_value=None
    )
    called = text(_("Or its name"), _("Where it is not in the list."), most=200)
    group = text(_("Class, group or precinct"), most=40)
    since = DateField(label=_("Since when"), help_text=DATE_HINT, required=False)
    until = DateField(label=_("Until when"), help_text=_("Only if it is over."), required=False)

    def __init__(self, *arguments: Any, places: Any, kinds: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["place"].choices = [("", "–"), *places]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for a place, and for days in their order."""
        said = super().clean() or {}
        if not said.get("place") and not said.get("called", "").strip():
            self.add_error("called", _("Choose it from the list or write its name."))
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day is before the first one."))
        return said


class AbsenceForm(forms.Form):
    """A time away from school."""

    kind = forms.ChoiceField(label=_("Why"), choices=rules.SCHOOL_ABSENCES.choices, widget=forms.RadioSelect)
    since = DateField(label=_("First day away"), help_text=DATE_HINT, required=False)
    until = DateField(
        label=_("Last day away"), help_text=_("Leave it empty while they are still away."), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a day, and for days in their order."""
        said = super().clean() or {}
        if not said.get("since") and not said.get("until") and not self.errors:
            self.add_error("since", _("Write at least one day on which they were away."))
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day is before the first one."))
        return said


class PregnancyForm(forms.Form):
    """A pregnancy or a birth, as exactly as anybody knows when."""

    kind = forms.ChoiceField(
        label=_("What this is"), choices=rules.PREGNANCIES.choices, widget=forms.RadioSelect(attrs=SMALL)
    )
    first = DateField(label=_("Not before"), help_text=DATE_HINT, required=False)
    last = DateField(
        label=_("Not after"),
        help_text=_("For a day that is known write it in both. Leave both empty if it is not known."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for days in their order."""
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("This day is before the first one."))
        return said
