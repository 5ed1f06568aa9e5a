"""What people type to arrange units and posts, and to find them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from arasha.administration.rules import names
from arasha.ui.fields import DateField

STATES = [
    ("", _("Those that work now")),
    ("empty", _("Those in which nobody sits")),
    ("ended", _("Those that have ended")),
    ("all", _("All of them")),
]
Choices = Iterable[tuple[str, Any]]


class NameField(forms.CharField):
    """A name in one language: no letters that can't be seen."""

    def __init__(self, **options: Any) -> None:
        """Bound its length."""
        super().__init__(max_length=names.LONGEST, **options)

    def clean(self, value: Any) -> str:
        """Read the name. Raises ValidationError."""
        typed = super().clean(value)
        if not typed and not self.required:
            return ""
        try:
            return names.plain(typed)
        except names.NameInvalid:
            raise ValidationError(_("Write a name in letters that can be seen.")) from None


class UnitFilterForm(forms.Form):
    """Which units the list shows; it stands in the address."""

    words = forms.CharField(label=_("Name or code"), max_length=100, required=False)
    place = forms.ChoiceField(label=_("Its territory"), required=False)
    function = forms.ChoiceField(label=_("With the function"), required=False)
    state = forms.ChoiceField(label=_("Which"), choices=STATES, required=False)

    def __init__(self, *args: Any, places: Choices, functions: Choices, **options: Any) -> None:
        """Offer the places and functions that there are."""
        super().__init__(*args, **options)
        self.fields["place"].choices = [("", _("Everywhere")), *places]  # type: ignore[attr-defined]  # a choice field
        self.fields["function"].choices = [("", _("Any")), *functions]  # type: ignore[attr-defined]  # a choice field
        for field in self.fields.values():
            field.says_optional = True  # type: ignore[attr-defined]  # a filter: everything may be left empty


class FunctionForm(forms.Form):
    """A function for a unit, in a territory, from a day on."""

    function = forms.ChoiceField(label=_("Function"))
    territory = forms.ChoiceField(label=_("For which territory"))
    since = DateField(label=_("From which day on"))
    until = DateField(label=_("Until which day"), required=False)

    def __init__(self, *args: Any, functions: Choices, places: Choices, **options: Any) -> None:
        """Offer the functions and territories."""
        super().__init__(*args, **options)
        self.fields["function"].choices = list(functions)  # type: ignore[attr-defined]  # a choice field
        self.fields["territory"].choices = list(places)  # type: ignore[attr-defined]  # a choice field


class PostForm(forms.Form):
    """A seat in a unit."""

    title_kk = NameField(label=_("Title in Kazakh"))
    title_ru = NameField(label=_("Title in Russian"))
    title_en = NameField(label=_("Title in English"))
    heads = forms.BooleanField(label=_("This post answers for the unit"), required=False)


class ChangePostForm(PostForm):
    """A seat as it stands: its titles, whether it answers for the unit, and which of the unit's functions it has."""

    functions = forms.MultipleChoiceField(
        label=_("Functions of this post"),
        help_text=_("While somebody sits here, functions can only be taken away."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, functions: Choices, **options: Any) -> None:
        """Offer the functions that the unit has."""
        super().__init__(*args, **options)
        self.fields["functions"].choices = list(functions)  # type: ignore[attr-defined]  # a choice field


class SeatForm(forms.Form):
    """Who sits in a post, from when to when."""

    login = forms.CharField(
        label=_("Login"),
        help_text=_("As it stands in the list of accounts."),
        max_length=150,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}),
    )
    since = DateField(label=_("From which day on"))
    until = DateField(label=_("Until which day"), required=False)
