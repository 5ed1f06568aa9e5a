"""The shape of what is alleged, and of what became of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.people.fields import SMALL, text
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

LONG = {"rows": 4, "autocomplete": "off"}


def _optional(value: str) -> UUID | None:
    return UUID(value) if value else None


def _day(label: Any, help_text: Any = "") -> DateField:
    return DateField(label=label, help_text=help_text, required=False)


class SourceFields(forms.Form):
    """By whom or what something is said, and when; no day lies ahead."""

    source = forms.ChoiceField(label=_("By whom or by what this is known"), choices=rules.ALLEGATION_SOURCES.asked)
    day = _day(_("When it was said or decided"), _("Leave it empty if it is not known."))

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today

    def not_ahead(self, name: str) -> date | None:
        """Refuse a day that lies ahead. Raises ValidationError."""
        found: date | None = self.cleaned_data[name]
        if found is not None and found > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return found

    def clean_day(self) -> date | None:
        """Refuse a day that lies ahead."""
        return self.not_ahead("day")


class AllegationForm(SourceFields):
    """Who is alleged to have harmed: a person of the file, or as little as is known."""

    person = forms.TypedChoiceField(
        label=_("Who it is, if they are written down in this file"),
        choices=[],
        required=False,
        coerce=_optional,
        empty_value=None,
    )
    called = text(_("Or the name, as far as it is known"), _("A given name alone is enough."), most=200)
    nickname = text(_("What they are called by others"), _("A nickname, as the child says it."))
    role = forms.ChoiceField(label=_("Who they are to the child"), choices=rules.SUSPECT_ROLES.asked)
    age = forms.ChoiceField(
        label=_("Their age"),
        help_text=_("Whose age is not known is treated as a child."),
        choices=rules.SUSPECT_AGES.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        initial="unknown",
    )
    place = forms.TypedChoiceField(
        label=_("Where they work or where it happened, from the list of this place"),
        choices=[],
        required=False,
        coerce=int,
        empty_value=None,
    )
    place_called = text(
        _("Or the place in words"), _("Village, school, club, street. Do not write the child’s name here."), most=200
    )
    territory = forms.ChoiceField(label=_("District"), choices=[], required=False)
    looks = forms.CharField(
        label=_("What is known of their looks and age"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs=LONG),
    )
    since = _day(_("On which day the harm is said to have been done"), _("Leave it empty if it is not known."))
    field_order = [
        *("person", "called", "nickname", "role", "age", "place", "place_called", "territory", "looks", "since"),
        *("source", "day"),
    ]

    def __init__(self, *arguments: Any, choices: Mapping[str, Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, offered in choices.items():
            self.fields[name].choices = [NOTHING, *offered]  # type: ignore[attr-defined]  # a choice field

    def clean_since(self) -> date | None:
        """Refuse a day that lies ahead."""
        return self.not_ahead("since")

    def clean(self) -> dict[str, Any]:
        """Ask for anything by which one could be told from another."""
        said = super().clean() or {}
        if not self.errors and not self.suspect().says_anything:
            self.add_error(
                "called", _("Write whatever is known: a name, a nickname, the place, or what they look like.")
            )
        return said

    def suspect(self) -> rules.SaidSuspect:
        """Return whom the form means."""
        taken = ("role", "person", "called", "nickname", "age", "place", "place_called", "territory", "looks", "since")
        return rules.SaidSuspect(**{name: self.cleaned_data[name] for name in taken})


class StatusForm(SourceFields):
    """Where an allegation stands now."""

    status = forms.ChoiceField(
        label=_("Where it stands"), choices=rules.ALLEGATION_STATES.choices, widget=forms.RadioSelect
    )
    decided_by = text(_("Who decided it"), _("Asked for when it is unfounded."), most=200)
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Asked for when it is unfounded."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs=LONG),
    )
    field_order = ["status", "source", "day", "decided_by", "why"]

    def clean(self) -> dict[str, Any]:
        """Refuse what its source doesn't bear out."""
        said = super().clean() or {}
        if said.get("status") and said.get("source"):
            reason = {"decided_by": said.get("decided_by", ""), "why": said.get("why", "")}
            try:
                rules.check_state(said["status"], said["source"], **reason)
            except rules.CodeDoesNotFit:
                self.add_error("source", _("Only a court or a prosecutor establishes it."))
            except rules.ReasonMissing:
                missing = "why" if reason["decided_by"].strip() else "decided_by"
                self.add_error(missing, _("Say who decided that it is unfounded, and why."))
        return said
