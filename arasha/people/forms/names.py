"""The shape of names, births and who somebody is in a file."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.people.fields import SMALL, BirthField, ChildFields, DescribedFields, NameFields
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING


class NameForm(NameFields):
    """One more name of a person."""

    kind = forms.ChoiceField(label=_("Which name this is"), choices=rules.NAME_KINDS.choices)
    since = DateField(
        label=_("Since when they bear it"), help_text=_("Leave it empty if it is not known."), required=False
    )
    field_order = ["kind", "surname", "given", "patronymic", "since"]

    def clean(self) -> dict[str, Any]:
        """Refuse a name without a letter."""
        said = super().clean() or {}
        if not any(self.name().tidy().keys):
            self.add_error("given", _("Write at least one part of the name in letters."))
        return said


class BirthForm(forms.Form):
    """When somebody was born."""

    birth = BirthField(
        label=_("Date of birth"), help_text=_("Leave empty what is not known; the year alone is enough.")
    )

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["birth"].today = today  # type: ignore[attr-defined]  # a birth field


class PersonForm(forms.Form):
    """Who somebody is in this file."""

    sex = forms.ChoiceField(label=_("Sex"), choices=rules.SEXES.choices, widget=forms.RadioSelect(attrs=SMALL))
    role = forms.ChoiceField(label=_("Who they are in this file"), choices=rules.ROLES.choices)
    died = forms.BooleanField(label=_("This person has died"), required=False)


class ChildForm(ChildFields):
    """The child of a file in which nobody is written down yet."""


class RelativeForm(DescribedFields):
    """Another person of the family, and what they are to the child."""

    role = forms.ChoiceField(label=_("Who they are in this file"), choices=[])
    kind = forms.ChoiceField(label=_("What they are to the child"), choices=rules.RELATIONSHIPS.asked, required=False)
    lives_with = forms.BooleanField(label=_("Lives with the child"), required=False)
    field_order = ["surname", "given", "patronymic", "sex", "birth", "age", "role", "kind", "lives_with"]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        roles = [(code.code, rules.ROLES.label(code.code)) for code in rules.ROLES if code.code != "child"]
        self.fields["role"].choices = [NOTHING, *roles]  # type: ignore[attr-defined]  # a choice field
