"""What a keeper types of a provider, a site and an offering; what is wrong with it is said by `EntryFaulty`."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.kernel.territory.rules import region_code
from arasha.services.forms.places import Places
from arasha.services.rules import (
    FAULTS,
    KINDS,
    OWNERSHIPS,
    EntryFaulty,
    ProviderSaid,
    is_protected,
)
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

NAME, SOURCE = 300, 300


def line(label: Any, longest: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint)


class EntryForm(forms.Form):
    """What every form of the directory has: the id that makes a double submit one entry, and what was seen."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    # Fields whose faults are shown at another field.
    shown_at: dict[str, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4

    @property
    def ticket(self) -> UUID | None:
        """Return the id that the page was given."""
        found: UUID | None = self.cleaned_data.get("once")
        return found

    def show_faults(self, faulty: EntryFaulty) -> None:
        """Say at each field what can't be taken."""
        language = (get_language() or "kk")[:2]
        for fault in faulty.faults:
            words = FAULTS[fault.code].label(language) if fault.code in FAULTS else FAULTS["unknown"].label(language)
            field = self.shown_at.get(fault.field, fault.field)
            self.add_error(field if field in self.fields else None, words)

    def see(self, revision: str) -> None:
        """Let the form say from now on that it was sent with this state of the entry before somebody's eyes."""
        if self.is_bound:
            data: Any = self.data
            self.data = data.copy()
            self.data[self.add_prefix("seen")] = revision  # type: ignore[index]  # a copy can be changed
        self.initial["seen"] = revision


class ProviderForm(EntryForm):
    """A provider that is new."""

    kind = forms.ChoiceField(label=_("What kind of provider"))
    name_kk = line(_("Name in Kazakh"), NAME)
    name_ru = line(_("Name in Russian"), NAME)
    name_en = line(_("Name in English"), NAME, hint=_("One of the three names is enough."))
    ownership = forms.ChoiceField(label=_("Who owns it"), widget=forms.RadioSelect, choices=OWNERSHIPS.choices())
    territory = forms.ChoiceField(label=_("Where it has its seat"))
    funded_until = DateField(
        label=_("Last day of its grant or contract"),
        help_text=_("From the day after, nobody finds its help until you enter a new day."),
        required=False,
    )
    source = line(_("Where you have this from"), SOURCE, hint=_("For example: the akimat’s list of March 2026."))

    def __init__(self, *args: Any, places: Places, **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places
        kinds = [(code, words) for code, words in KINDS.choices() if places.is_regional or not is_protected(code)]
        self.fields["kind"].choices = [NOTHING, *kinds]  # type: ignore[attr-defined]  # a choice field
        self.fields["territory"].choices = places.districts()  # type: ignore[attr-defined]
        self.initial.setdefault("territory", places.own)
        if places.is_regional:
            self.fields["kind"].help_text = _(
                "Of a crisis centre, shelter or refuge family the directory keeps a telephone and the region alone."
            )
        else:
            self.fields["kind"].help_text = _(
                "Crisis centres, shelters and refuge families are entered by the region’s coordination: in a district "
                "they could be found."
            )

    def said(self) -> ProviderSaid:
        """Return what was typed. The seat of what is protected is its region, whatever district was chosen."""
        values = {name: self.cleaned_data[name] for name in ("kind", "ownership", "funded_until", "source")}
        names = {name: self.cleaned_data[name] for name in ("name_kk", "name_ru", "name_en")}
        seat = self.cleaned_data["territory"]
        hidden = values["kind"] in KINDS and is_protected(values["kind"])
        return ProviderSaid(**names, territory=(region_code(seat) or seat) if hidden else seat, **values)


class ProviderChangeForm(EntryForm):
    """What of a provider its keeper changes; its body's names change with the structure."""

    kind = forms.ChoiceField(label=_("What kind of provider"))
    ownership = ProviderForm.base_fields["ownership"]
    funded_until = ProviderForm.base_fields["funded_until"]
    source = ProviderForm.base_fields["source"]
    ended_on = DateField(
        label=_("First day on which it is no more"),
        help_text=_("From this day on nobody finds any of its help. The entry and its history stay."),
        required=False,
    )

    def __init__(self, *args: Any, protected: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(code, words) for code, words in KINDS.choices() if is_protected(code) == protected]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def said(self, before: ProviderSaid) -> ProviderSaid:
        """Return what was typed, with the names that stand."""
        own = {name: self.cleaned_data[name] for name in ("kind", "ownership", "funded_until", "source", "ended_on")}
        names = {name: getattr(before, name) for name in ("name_kk", "name_ru", "name_en", "territory")}
        return ProviderSaid(**names, **own)
