"""The shape of handing over: to which body of which place, and why."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules


class OfferForm(forms.Form):
    """To whom the lead is offered. The unit is found by function and place, as duties find theirs."""

    function = forms.ChoiceField(label=_("To which body"), widget=forms.RadioSelect)
    place = forms.ChoiceField(
        label=_("In which district"), help_text=_("Another district takes the file with it."), required=False
    )
    reason = forms.ChoiceField(label=_("Why"), choices=rules.LEAD_REASONS.choices, widget=forms.RadioSelect)
    stays = forms.BooleanField(label=_("Our unit stays on the file as a partner"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        functions: Sequence[tuple[str, Any]],
        districts: Sequence[Any],
        place: str,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={**(typed or {}), "place": place})
        cast(forms.ChoiceField, self.fields["function"]).choices = list(functions)
        cast(forms.ChoiceField, self.fields["place"]).choices = list(districts)


class AnswerForm(forms.Form):
    """Taking an offered lead, or leaving it with a reason."""

    takes = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    refusal = forms.ChoiceField(label=_("Why not"), choices=rules.REFUSALS.asked, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason of who leaves it."""
        said = super().clean() or {}
        if said.get("takes") == "no" and not said.get("refusal"):
            self.add_error("refusal", _("Say why, so that the other body can look further."))
        return said
