"""The shape of kin, households, surroundings, what adults may, and how to talk with somebody."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.people.fields import SMALL, text
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class KinshipForm(forms.Form):
    """What one person of the file is to another."""

    kind = forms.ChoiceField(label=_("Is"), choices=rules.RELATIONSHIPS.asked)
    other = forms.TypedChoiceField(label=_("To whom"), choices=[], coerce=UUID)
    since = DateField(label=_("Since when"), required=False)
    until = DateField(label=_("Until when"), help_text=_("Only if it is over."), required=False)

    def __init__(self, *arguments: Any, others: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["other"].choices = [NOTHING, *others]  # type: ignore[attr-defined]  # a choice field


class ResidenceForm(forms.Form):
    """In which household somebody lives."""

    household = forms.TypedChoiceField(
        label=_("Number of the household"),
        help_text=_("The child’s own household is 1. People with the same number live together."),
        choices=[(number, str(number)) for number in range(1, rules.HOUSEHOLDS + 1)],
        coerce=int,
    )
    also = forms.BooleanField(label=_("Lives in the earlier household as well, by turns"), required=False)
    since = DateField(label=_("Since when"), required=False)


class SurroundingForm(forms.Form):
    """What surrounds the family, for the eco-map."""

    system = forms.ChoiceField(label=_("What this is"), choices=rules.SYSTEMS.asked)
    called = text(_("What it is called"), _("For example: school No. 14, grandmother Aisulu."), most=200)
    strength = forms.ChoiceField(label=_("How they are bound"), choices=rules.BONDS.choices, initial="usual")
    flow = forms.ChoiceField(label=_("Where strength flows"), choices=rules.FLOWS.choices, initial="none")
    shared = forms.BooleanField(label=_("This is the whole household’s bond"), required=False, initial=True)


class StandingForm(forms.Form):
    """Whether an adult may consent, see, be told or be invited."""

    matter = forms.ChoiceField(label=_("What is decided"), choices=rules.MATTERS.choices)
    allowed = forms.ChoiceField(label=_("Allowed"), choices=YES_NO, widget=forms.RadioSelect(attrs=SMALL))
    reason = forms.ChoiceField(label=_("Reason"), choices=rules.STANDINGS.asked)

    def clean(self) -> dict[str, Any]:
        """Refuse a reason that speaks for the opposite."""
        said = super().clean() or {}
        said["allowed"] = said.get("allowed") == "yes"
        if said.get("reason") and said.get("matter"):
            try:
                rules.check_standing(said["matter"], said["reason"], allowed=said["allowed"])
            except rules.CodeDoesNotFit:
                self.add_error("reason", _("This reason speaks for the opposite."))
        return said


class CommunicationForm(forms.Form):
    """How to talk with somebody."""

    languages = forms.MultipleChoiceField(
        label=_("Languages that they understand well"),
        choices=rules.LANGUAGES.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ways = forms.MultipleChoiceField(
        label=_("How they make themselves understood"),
        choices=rules.WAYS.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        help_text=_("Never somebody of the family or somebody who lives there."),
        choices=rules.INTERPRETERS.choices,
        initial="none",
    )
    interpreter_called = text(_("Who interprets"), most=200)
    companion = text(_("Who supports them at a meeting"), _("Whom they chose themselves."), most=200)
    worker = forms.ChoiceField(
        label=_("With whom they would rather speak"),
        choices=rules.WORKERS.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        initial="either",
    )


class DifficultyForm(forms.Form):
    """What is difficult for a child, domain by domain; what was not asked stays empty."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for domain in rules.DOMAINS:
            levels = [level.code for level in rules.LEVELS if level.more["scale"] == domain.more["scale"]]
            label = rules.DOMAINS.label(domain.code)
            self.fields[domain.code] = forms.ChoiceField(
                label=label[:1].upper() + label[1:],
                choices=[NOTHING, *((code, rules.LEVELS.label(code)) for code in levels)],
                required=False,
            )
