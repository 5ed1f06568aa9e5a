"""What is typed of visits and removals. `once` makes a page that was sent twice one entry."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.care import rules
from arasha.care.rules import Faulty, OutingSaid, PartSaid, VisitAsked, VisitSaid
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.fields import DateField

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
OFF = {"autocomplete": "off"}
SAYS = {
    "choose": _("Choose one."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "future": _("Give a moment of the last 31 days; it can’t be in the future."),
    "outside": _("The home was not looked at where nobody was let in."),
}


def _area(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(OFF | {"rows": 3, "maxlength": rules.LONGEST})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=rules.LONGEST, widget=widget)


class _Form(forms.Form):
    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            name = "day" if field == "at" else field
            self.add_error(name if name in self.fields else None, SAYS[code])


class _Once(_Form):
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4

    @property
    def ticket(self) -> UUID:
        """Return the id that the page was given; the form must be valid."""
        found: UUID = self.cleaned_data["once"]
        return found


class _Moment(_Form):
    def add_moment(self, now: datetime) -> None:
        """Ask for day and time, filled in with now."""
        here = local(now)
        self.fields["day"] = DateField(label=_("On which day"), initial=here.date())
        self.fields["clock"] = forms.CharField(
            label=_("At what time"), max_length=5, initial=f"{here:%H:%M}", widget=forms.TextInput(OFF)
        )

    def clean_clock(self) -> time:
        """Return the time of day."""
        found = CLOCK.fullmatch(self.cleaned_data["clock"].strip())
        if found is None:
            raise forms.ValidationError(_("Write the time as 14:30."))
        return time(int(found[1]), int(found[2]))

    @property
    def moment(self) -> datetime:
        """Return what was typed as a moment; the form must be valid."""
        return at(self.cleaned_data["day"], self.cleaned_data["clock"])


class AskForm(_Once):
    """A visit is asked for."""

    urgency = forms.ChoiceField(label=_("How soon"), choices=rules.URGENCIES.choices, widget=forms.RadioSelect)
    words = _area(
        _("Why, and what whoever goes must know"),
        _("Dangers, where to meet, who must not learn of the visit. No address of a protected place."),
    )

    @property
    def said(self) -> VisitAsked:
        """Return what was typed; the form must be valid."""
        return VisitAsked(urgency=self.cleaned_data["urgency"], words=self.cleaned_data["words"])


class VisitForm(_Once, _Moment):
    """How a visit went."""

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_moment(now)
        for name, label, codes in (
            ("door", _("At the door"), rules.DOORS),
            ("seen", _("The child"), rules.SEEN),
            ("home", _("The home"), rules.HOMES),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=codes.choices, widget=forms.RadioSelect)
        self.fields["facts"] = _area(_("What was seen and heard"), _("Facts only. Where entry was refused: by whom."))
        self.fields["opinion"] = _area(_("What you think of it"), required=False)

    @property
    def said(self) -> VisitSaid:
        """Return what was typed; the form must be valid."""
        got = self.cleaned_data
        return VisitSaid(
            at=self.moment,
            door=got["door"],
            seen=got["seen"],
            home=got["home"],
            facts=got["facts"],
            opinion=got["opinion"],
        )


class RemovalForm(_Moment):
    """A removal, or more of one: only the moment must be known. `kinds`: of which parts it asks."""

    def __init__(self, *args: Any, kinds: Sequence[str], now: datetime | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = list(kinds)
        if now is not None:
            self.add_moment(now)
        for kind in kinds:
            choices = [("", _("Not known yet")), *rules.answers(kind)]
            label = rules.PARTS.label(kind)
            self.fields[kind] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=forms.Select({"class": "govuk-select"})
            )
            self.fields[f"{kind}_words"] = _area(_("In words: %(part)s") % {"part": label}, required=False)

    @property
    def parts(self) -> dict[str, PartSaid]:
        """Return what is known; the form must be valid. Words without an answer make the answer wanted."""
        got = self.cleaned_data
        return {
            kind: PartSaid(got[kind], got[f"{kind}_words"])
            for kind in self.kinds
            if got[kind] or got[f"{kind}_words"].strip()
        }


class EndForm(_Form):
    """How a removal ended."""

    how = forms.ChoiceField(label=_("How it ended"), choices=rules.ENDINGS.choices, widget=forms.RadioSelect)
    words = _area(_("Who decided, and why"), _("Names and positions."))


def _lengths() -> list[tuple[int, Any]]:
    """Return the lengths of a visit, as hours and minutes."""
    return [(one, f"{one // 60}:{one % 60:02}") for one in rules.lengths()]


class OutingForm(_Once):
    """Somebody goes alone: filled in so that one tap is enough."""

    place = forms.ChoiceField(label=_("Where you go"), choices=rules.PLACES.choices, initial="home")
    minutes = forms.TypedChoiceField(
        label=_("Out again in (hours:minutes)"), choices=_lengths, coerce=int, initial=60, empty_value=0
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("place", "minutes"):
            self.fields[name].widget.attrs["class"] = "govuk-select"

    @property
    def said(self) -> OutingSaid:
        """Return what was chosen; the form must be valid."""
        return OutingSaid(place=self.cleaned_data["place"], minutes=self.cleaned_data["minutes"])
