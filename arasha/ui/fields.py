"""Form fields and widgets that Django lacks. Other folders may use them in their `forms`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Option:
    """The label of a choice with a hint below it: `choices=[("now", Option(_("Now"), _("Within 24 hours")))]`."""

    def __init__(self, label: str | Promise, hint: str | Promise = "") -> None:
        """Keep the words, which may be lazily translated."""
        self.label, self.hint = label, hint

    def __str__(self) -> str:
        """Return the label in the reader's language."""
        return str(self.label)


class DateParts(forms.MultiWidget):
    """A date as day, month and year: for days that people know by heart, like a birthday."""

    template_name = "ui/forms/date_parts.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make the three short inputs."""
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput({"inputmode": "numeric", "class": f"govuk-input--width-{width}"})
            for name, width in (("day", 2), ("month", 2), ("year", 4))
        }
        super().__init__(parts, attrs)

    def decompress(self, value: object) -> list[Any]:
        """Split a date, or what was typed, into its parts."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [*str(value or "").split("."), "", "", ""][:3]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Join what was typed to one text, as the date field reads it; nothing typed is nothing."""
        typed = [str(part or "").strip() for part in super().value_from_datadict(data, files, name)]
        return ".".join(typed) if any(typed) else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the parts their words."""
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Day"), _("Month"), _("Year")), strict=True):
            part["label"] = label
        return context

    def id_for_label(self, id_: str) -> str:
        """An error leads to the first part."""
        return f"{id_}_day" if id_ else id_


class DateField(forms.DateField):
    """A date in one field, `31.03.2026`; with `parts=True` in three."""

    def __init__(self, *, parts: bool = False, **options: Any) -> None:
        """Choose the widget."""
        one = forms.DateInput({"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=DateParts() if parts else one, **options)


class CodeField(forms.CharField):
    """The six digits of a second factor."""

    def __init__(self, **options: Any) -> None:
        """Set what phones need to offer the code by themselves."""
        attrs = {"class": "a-code-input", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 6}
        super().__init__(widget=forms.TextInput(attrs), max_length=6, **options)


def choices_of(rows: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """Turn reference rows (`code`, `name_kk`, `name_ru`, `name_en`) into choices in the reader's language."""
    return [(row.code, getattr(row, f"name_{language}")) for row in rows]


class Once(forms.Form):
    """A form of which one page is one entry, however often it is sent: the page makes the id of what is entered."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4

    @property
    def ticket(self) -> UUID:
        """Return the id that the page was given; the form must be valid."""
        found: UUID = self.cleaned_data["once"]
        return found
