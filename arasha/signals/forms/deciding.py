"""The shape of decisions on a signal."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules
from arasha.ui.fields import Option


class CloseSignalForm(forms.Form):
    """Why a signal needs no case."""

    closing = forms.ChoiceField(
        label=_("Why no case is needed"), choices=rules.CLOSINGS.choices, widget=forms.RadioSelect
    )


class BarForm(forms.Form):
    """To whom the file is closed: one of those whom it reaches. `people` are (user id, name, post) rows."""

    user = forms.TypedChoiceField(label=_("Who is close to the person suspected"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, people: Iterable[tuple[int, str, str]] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(forms.ChoiceField, self.fields["user"]).choices = [
            (user, Option(name, seat)) for user, name, seat in people
        ]
