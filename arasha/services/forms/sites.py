"""A site as its keeper types it, or as its own people propose it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.services.forms.entries import NAME, EntryForm, line
from arasha.services.forms.places import Places
from arasha.services.rules import KNOWN, HoursFaulty, SiteSaid, lines, read_week
from arasha.ui.fields import DateField

ADDRESS = 500
DAYS = (
    _("On Monday"),
    _("On Tuesday"),
    _("On Wednesday"),
    _("On Thursday"),
    _("On Friday"),
    _("On Saturday"),
    _("On Sunday"),
)
OPEN_ONLY = (
    *("name_kk", "name_ru", "name_en", "settlement", "address_kk", "address_ru", "latitude", "longitude"),
    *("mail", "web", "step_free"),
)


class SiteForm(EntryForm):
    """A site. Of a protected one: telephone, hours, region."""

    shown_at = {"territory": "district", "hours": "day_0"}

    phone = line(_("Telephone"), 60, hint=_("With the area code, or a short number."))
    district = forms.ChoiceField(label=_("District or city"))
    settlement = forms.ChoiceField(
        label=_("Town or village"),
        help_text=_("After another district was chosen, press “Show its towns and villages”."),
        required=False,
    )
    address_kk = line(_("Address in Kazakh"), ADDRESS)
    address_ru = line(_("Address in Russian"), ADDRESS)
    name_kk = line(_("The site’s own name in Kazakh"), NAME, hint=_("Leave it empty when it is the provider’s."))
    name_ru = line(_("The site’s own name in Russian"), NAME)
    name_en = line(_("The site’s own name in English"), NAME)
    around_the_clock = forms.BooleanField(label=_("Open day and night"), required=False)
    mail = forms.EmailField(label=_("E-mail"), max_length=300, required=False)
    web = line(_("Web page"), 300, hint=_("The whole address, as a browser shows it."))
    latitude = forms.DecimalField(label=_("Latitude"), max_digits=7, decimal_places=5, required=False)
    longitude = forms.DecimalField(label=_("Longitude"), max_digits=8, decimal_places=5, required=False)
    step_free = forms.ChoiceField(
        label=_("Reached without steps"), widget=forms.RadioSelect, choices=KNOWN.choices(), initial="unknown"
    )
    closed_on = DateField(
        label=_("First day on which it is closed for good"),
        help_text=_("From this day on nobody finds the help given here. The entry and its history stay."),
        required=False,
    )

    def __init__(self, *args: Any, places: Places, protected: bool, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.protected, self.places = protected, places
        for day, label in enumerate(DAYS):
            hint = _("For example 9:00–13:00, 14:00–18:00. Empty: closed.") if day == 0 else ""
            self.fields[f"day_{day}"] = line(label, 60, hint=hint)
        if protected:
            for name in OPEN_ONLY:
                del self.fields[name]
            self.fields["district"].label = _("Region")
            self.fields["phone"].required = True
            groups = [(rows[0][0], name) for name, rows in places.districts() if isinstance(rows, list)]
            self.fields["district"].choices = groups  # type: ignore[attr-defined]  # a choice field
        else:
            self.fields["district"].choices = places.districts()  # type: ignore[attr-defined]
            self._offer_settlements()
        if new:
            del self.fields["closed_on"]
        self.order_fields([*_order(list(self.fields))])

    def _offer_settlements(self) -> None:
        chosen = self.data.get("district", "") if self.is_bound else self.initial.get("district", self.places.own)
        below = self.places.settlements(str(chosen))
        self.fields["settlement"].choices = [("", _("Not known, or all of it")), *below]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the week."""
        found = super().clean() or {}
        try:
            found["hours"] = read_week([found.get(f"day_{day}") or "" for day in range(7)])
        except HoursFaulty:
            self._say_which_day(found)
        return found

    def _say_which_day(self, found: dict[str, Any]) -> None:
        words = _("Write hours like this: 9:00–13:00, 14:00–18:00. The end is later than the beginning.")
        for day in range(7):
            alone = ["" for _other in range(7)]
            alone[day] = found.get(f"day_{day}") or ""
            try:
                read_week(alone)
            except HoursFaulty:
                self.add_error(f"day_{day}", words)

    def said(self) -> SiteSaid:
        """Return what was typed."""
        found = self.cleaned_data
        texts = {name: found.get(name, "") for name in ("name_kk", "name_ru", "name_en", "address_kk", "address_ru")}
        return SiteSaid(
            **texts,
            protected=self.protected,
            territory=found.get("settlement") or found["district"],
            phone=found["phone"],
            mail=found.get("mail", ""),
            web=found.get("web", ""),
            latitude=_point(found.get("latitude")),
            longitude=_point(found.get("longitude")),
            around_the_clock=found["around_the_clock"],
            hours=found["hours"],
            step_free=found.get("step_free", "unknown"),
            closed_on=found.get("closed_on"),
        )


def site_initial(said: SiteSaid, places: Places) -> dict[str, Any]:
    """Return a site as its form shows it."""
    found: dict[str, Any] = {
        name: getattr(said, name)
        for name in (
            *("phone", "address_kk", "address_ru", "name_kk", "name_ru", "name_en", "around_the_clock", "mail", "web"),
            *("latitude", "longitude", "step_free", "closed_on"),
        )
    }
    district = places.district_of(said.territory)
    found |= {"district": district, "settlement": said.territory if said.territory != district else ""}
    return found | {f"day_{day}": text for day, text in enumerate(lines(said.hours))}


def _point(value: Decimal | None) -> Decimal | None:
    return value.quantize(Decimal("0.00001")) if value is not None else None


def _order(names: list[str]) -> list[str]:
    """Put the week behind "day and night"."""
    days = [name for name in names if name.startswith("day_")]
    rest = [name for name in names if name not in days]
    place = rest.index("around_the_clock") + 1
    return [*rest[:place], *days, *rest[place:]]
