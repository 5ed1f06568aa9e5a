"""What a site offers, as its keeper types it or its own people propose it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.services.forms.entries import EntryForm
from arasha.services.forms.places import Places
from arasha.services.rules import (
    CONDITIONS,
    COSTS,
    KNOWN,
    LANGUAGES,
    NEEDS,
    SEXES,
    STANDINGS,
    OfferingSaid,
    Service,
)
from arasha.services.rules.proposals import OFFERING
from arasha.ui.fields import DateField, Option
from arasha.ui.rules import NOTHING

CALLED = dict(STANDINGS.choices())
STATUSES = [
    ("open", Option(CALLED["open"], _("Families find it."))),
    (
        "paused",
        Option(CALLED["paused"], _("Families find it only when they ask for paused help too; nobody is sent there.")),
    ),
    ("closed", Option(CALLED["closed"], _("Nobody finds it any more. The entry and its history stay."))),
]
AGE = {"class": "govuk-input--width-3", "inputmode": "numeric"}


def _age(label: Any, *, required: bool, hint: Any = "") -> forms.IntegerField:
    widget = forms.TextInput(AGE)
    return forms.IntegerField(label=label, required=required, help_text=hint, widget=widget, min_value=0, max_value=120)


def _some(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, required=False)


def _one(label: Any, choices: list[tuple[str, Any]], initial: str = "unknown") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial=initial)


class OfferingForm(EntryForm):
    """One service as one site gives it."""

    service = forms.ChoiceField(label=_("Service of the minimum package"))
    age_from = _age(_("From which age"), required=True)
    age_to = _age(_("To which age"), required=True, hint=_("This age is still taken."))
    sexes = _one(_("Whom it takes"), SEXES.choices(), "all")
    with_parent = _one(_("A child with mother or father"), KNOWN.choices())
    son_to = _age(
        _("The oldest son whom a mother may bring"), required=False, hint=_("Leave it empty where there is no bound.")
    )
    siblings = _one(_("Brothers and sisters together"), KNOWN.choices())
    languages = _some(_("Languages"), LANGUAGES.choices())
    needs = _some(_("What it helps with"), NEEDS.choices())
    conditions = _some(_("What it asks for"), CONDITIONS.choices())
    served = _some(_("Whose children it takes"), [])
    cost = _one(_("Cost"), COSTS.choices())
    price = forms.IntegerField(
        label=_("Price in tenge"), required=False, min_value=0, max_value=100_000_000, widget=forms.TextInput(AGE)
    )
    remote = forms.BooleanField(label=_("Also by telephone or over the internet"), required=False)
    status = _one(_("How it stands"), STATUSES, "open")
    begins_on = DateField(label=_("First day, if it has not begun"), required=False)
    ends_on = DateField(
        label=_("Last day, if it is known"), help_text=_("From the day after, nobody finds it."), required=False
    )

    def __init__(
        self, *args: Any, services: Mapping[str, Service], places: Places, at: str, protected: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.services = services
        choices = [(code, one.label(places.language)) for code, one in services.items()]
        self.fields["service"].choices = [NOTHING, *choices]  # type: ignore[attr-defined]  # a choice field
        served = places.served(at)
        if protected:
            served = [(code, name) for code, name in served if code == at]
        self.fields["served"].choices = served  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("served", [places.district_of(at)])
            self.initial.setdefault("age_from", 0)
            self.initial.setdefault("age_to", 17)

    def said(self, before: OfferingSaid | None = None) -> OfferingSaid:
        """Return what was typed; the level is the service's, or what stood with the same service."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in {"once", "seen"}}
        same = before is not None and before.service == found["service"]
        level = before.level if same and before else self.services[found["service"]].level
        if before is not None:
            # A district that another keeper entered, which this one is not offered, stays.
            offered = {code for code, _name in self.fields["served"].choices}  # type: ignore[attr-defined]
            found["served"] = [*found["served"], *(code for code in before.served if code not in offered)]
        return OfferingSaid(level=level, **found)


class OfferingProposalForm(OfferingForm):
    """What a provider's own people may propose: not whose children it takes, nor which service it is."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in set(self.fields) - {*OFFERING, "once"}:
            del self.fields[name]

    def proposed(self, before: OfferingSaid) -> OfferingSaid:
        """Return the offering as it would be."""
        values = {name: getattr(before, name) for name in before.__dataclass_fields__}
        return OfferingSaid(**values | {name: self.cleaned_data[name] for name in OFFERING})
