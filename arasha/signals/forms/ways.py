"""What a report may say besides: statement, danger, class; and that a child who may harm themselves is always kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules

# What a report of such a child says where an answer was left out or can't be read.
UNSAID: Mapping[str, Any] = {
    "safe_now": "unknown",
    "suspect_has_access": "unknown",
    "child_sex": "unknown",
    "child_age": None,
    "way": "direct",
    "barred_users": (),
    "dangers": (),
}


def _police() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Which police unit"),
        help_text=_("It is not told, and nobody who works in its body sees the file."),
        coerce=int,
        empty_value=None,
        required=False,
    )


class WaysForm(forms.Form):
    """Fields that no report needs. Where the child may harm themselves, nothing that is wrong stops the report."""

    dangers = forms.MultipleChoiceField(
        label=_("Signs of danger"),
        help_text=_("Only what you saw or were told. Do not question the child."),
        choices=rules.DANGERS.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    statement = forms.ChoiceField(
        label=_("A statement to the police by the child, the victim or a parent"),
        help_text=_("Never needed for help to begin."),
        choices=[("", _("not known")), *rules.STATEMENTS.choices()],
        widget=forms.RadioSelect,
        required=False,
    )
    pressure = forms.BooleanField(
        label=_("The child or the family is pressed to withdraw, or to reconcile"),
        help_text=_("The prosecutor and the ombudsperson are told."),
        required=False,
    )
    hindered_by = _police()
    school_class = forms.CharField(
        label=_("The child’s class"),
        help_text=_("For example, 7 B. By it bullying that comes again in one class is noticed."),
        max_length=16,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, which the stubs leave out
        if rules.RINGS_FOR in self.cleaned_data.get("concerns", ()):
            self._save_anyway()

    def _save_anyway(self) -> None:
        """Let no answer that is missing or wrong stop the report: what can't be read is left out, words are cut."""
        for name in [name for name in self.errors if name in self.fields and name != "concerns"]:
            field, typed = self.fields[name], self[name].value()
            kept = UNSAID.get(name, "")
            longest = getattr(field, "max_length", None)
            if longest and isinstance(typed, str):
                kept = "" if name == "phrase" else typed[:longest]
            self.cleaned_data[name] = kept
            del self.errors[name]

    def told_besides(self) -> dict[str, Any]:
        """Return what the report says in these fields; call it on a valid form."""
        said = self.cleaned_data
        return {
            "dangers": said.get("dangers") or (),
            "statement": said.get("statement") or "",
            "pressure": bool(said.get("pressure")),
            "hindered_by": said.get("hindered_by") or None,
            "school_class": said.get("school_class") or "",
        }


class HindranceForm(forms.Form):
    """What happened, which police unit did it, and in words for the prosecutor."""

    kind = forms.ChoiceField(label=_("What happened"), choices=rules.HINDRANCES.choices, widget=forms.RadioSelect)
    unit = _police()
    words = forms.CharField(
        label=_("What happened, for the prosecutor"),
        help_text=_("Everybody who owes something in this file reads it."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 4000}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *arguments: Any, police: Sequence[tuple[int, str]] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["unit"]
        field.choices = [("", _("not known")), *police]


class CompanyForm(forms.Form):
    """Who stays with the child."""

    name = forms.CharField(
        label=_("Who stays with the child"), help_text=_("Never the person suspected."), max_length=200
    )
    role = forms.ChoiceField(
        label=_("Who that is to the child"), choices=rules.COMPANY_ROLES.choices, widget=forms.RadioSelect
    )
