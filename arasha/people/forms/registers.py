"""The shape of a register, its file, and what its columns hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.people.queries.registers import Looked
from arasha.people.rules.imports import ENCODINGS, Field, Mapping, Order
from arasha.ui.rules import NOTHING

PASSED_OVER = ("", _("not loaded"))
ORDERS = ((Order.DAY_FIRST.value, _("day, then month")), (Order.MONTH_FIRST.value, _("month, then day")))


class RegisterForm(forms.Form):
    """A register that a unit will load."""

    called = forms.CharField(
        label=_("What you call this register"),
        help_text=_("For example: pupils of the district. Nobody’s name belongs here."),
        max_length=200,
    )
    kind = forms.ChoiceField(label=_("Whose register it is"), choices=[])

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["kind"].choices = [NOTHING, *rules.REGISTERS.choices()]  # type: ignore[attr-defined]  # a choice


class FileForm(forms.Form):
    """A file of a register."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel, as the body gave it out. Encoding, columns and dates are found by themselves."),
        allow_empty_file=True,
    )


class MappingForm(forms.Form):
    """What each column holds, in which order dates stand, and whether the file is the whole register."""

    def __init__(self, *arguments: Any, looked: Looked, complete: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._looked = looked
        choices = [PASSED_OVER, *rules.REGISTER_FIELDS.choices()]
        for column in looked.columns:
            label = column.heading or _("Column %(number)s") % {"number": column.number + 1}
            field = forms.ChoiceField(label=label, choices=choices, required=False, initial=column.field)
            field.help_text = " · ".join(column.cells)
            self.fields[f"column_{column.number}"] = field
        order = looked.mapping.order
        self.fields["order"] = forms.ChoiceField(
            label=_("In dates such as 03.04.2015 or 3/4/2015 first comes"),
            choices=[NOTHING, *ORDERS],
            required=looked.order_asked,
            initial=order.value if order else "",
        )
        self.fields["complete"] = forms.BooleanField(
            label=_("This file is the whole register"),
            help_text=_("Then whoever is not in it any more is noted as gone. Nobody is taken out."),
            required=False,
            initial=complete,
        )

    def mapping(self) -> Mapping:
        """Return what was said."""
        said = self.cleaned_data
        chosen = {column.number: said.get(f"column_{column.number}") for column in self._looked.columns}
        columns = {number: Field(code) for number, code in chosen.items() if code}
        order = Order(said["order"]) if said.get("order") else None
        return Mapping(columns, self._looked.table.headings, order)

    def clean(self) -> dict[str, Any]:
        """Refuse one field for two columns, and a file that names nobody."""
        said = super().clean() or {}
        seen: dict[str, str] = {}
        for column in self._looked.columns:
            name = f"column_{column.number}"
            code = said.get(name)
            if code and code in seen:
                self.add_error(name, _("Another column was chosen for this already."))
            elif code:
                seen[code] = name
        if not {"surname", "given", "patronymic", "full_name", "iin"} & set(seen):
            self.add_error(None, _("No column says who it is: choose a column of names or of the IIN."))
        return said


class ReadingForm(forms.Form):
    """Another encoding or sheet than was found."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=[], required=False)
    sheet = forms.ChoiceField(label=_("Sheet"), choices=[], required=False)

    def __init__(self, *arguments: Any, looked: Looked, **named: Any) -> None:
        super().__init__(*arguments, **named)
        table = looked.table
        if table.kind == "csv":
            del self.fields["sheet"]
            self.fields["encoding"].choices = [(code, code) for code in ENCODINGS]  # type: ignore[attr-defined]
            self.initial["encoding"] = table.encoding
        else:
            del self.fields["encoding"]
            sheets = [table.sheet, *table.other_sheets]
            self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
            self.initial["sheet"] = table.sheet
