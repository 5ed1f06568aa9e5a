"""The shape of what is drafted, decided and tried."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import children_of
from arasha.kernel.territory.rules import NATION, alphabetical
from arasha.kernel.worktime.rules import ZONE, local
from arasha.protocols.queries.trying import MadeUp
from arasha.protocols.rules import OF_THE_CHILD, Protocol
from arasha.protocols.rules.standing import DATED, REASONED, Kind
from arasha.protocols.rules.words import word
from arasha.ui.fields import DateField, Option

LONGEST = 200_000  # a procedure of sixty steps in three languages stays below half of it
PASTED = "pasted.yaml"
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=ZONE), datetime(2100, 1, 1, tzinfo=ZONE)


class DraftForm(forms.Form):
    """A procedure's text: pasted, or a file. What was typed stays when it has a fault."""

    text = forms.CharField(
        label=_("The procedure’s text"),
        help_text=_("YAML as in a downloaded file. Give a changed text the next number as its version."),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "a-code-text"}),
        max_length=LONGEST,
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=_("Or a file"), help_text=_("A YAML file in UTF-8, at most 200 KB."), required=False, max_length=200
    )
    error_title = _("The text was not kept")

    def clean(self) -> dict[str, Any]:
        """Take the file's text where there is one; one of the two is needed."""
        given: dict[str, Any] = super().clean() or {}
        uploaded = given.get("file")
        given["name"] = PASTED
        if isinstance(uploaded, UploadedFile):
            given["text"], given["name"] = self._read(uploaded), uploaded.name or PASTED
        elif not given.get("text", "").strip() and not self.errors:
            self.add_error("text", _("Paste the text, or choose a file."))
        return given

    def _read(self, uploaded: "UploadedFile[Any]") -> str:
        if (uploaded.size or 0) > LONGEST:
            self.add_error("file", _("The file is larger than 200 KB."))
            return ""
        try:
            return str(uploaded.read(), "utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not a text in UTF-8."))
            return ""


class DecisionForm(forms.Form):
    """What to decide about a version; `possible` are the decisions that this person may take now, with their words."""

    kind = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    day = DateField(
        label=_("From which day"),
        help_text=_("For putting in force and for ending: tomorrow at the earliest. For example 31.03.2027."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For returning, ending and keeping. Everybody who sees this procedure reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )
    read_acts = forms.BooleanField(
        label=_("I read the acts themselves, not a retelling"), help_text=_("Only with a review."), required=False
    )
    error_title = _("Nothing was decided")

    def __init__(self, *args: Any, possible: Iterable[tuple[Kind, Option]] = (), **kwargs: Any) -> None:
        """Offer what may be decided; leave out what none of it needs."""
        super().__init__(*args, **kwargs)
        offered = list(possible)
        self.fields["kind"].choices = [(kind.value, option) for kind, option in offered]  # type: ignore[attr-defined]
        kinds = {kind for kind, _option in offered}
        for name, needed in (("day", DATED), ("reason", REASONED), ("read_acts", {Kind.REVIEW})):
            if not kinds & needed:
                del self.fields[name]


class _Columns(forms.CheckboxSelectMultiple):
    """Ticks side by side where there is room."""

    def __init__(self) -> None:
        super().__init__({"class": "govuk-checkboxes--small a-columns"})


class TrialForm(forms.Form):
    """A made-up case: what the event would say, where, when, and which bodies there are. Codes only, nobody's data.

    `functions` are the procedure's functions with their labels; `place` is the territory to begin with.
    """

    district = forms.ChoiceField(label=_("District of the child"))
    found = forms.ChoiceField(label=_("District where the child was found"), required=False)
    moment = forms.DateTimeField(
        label=_("When the event happens"),
        help_text=_("Day and time, for example 31.03.2027 17:30."),
        input_formats=["%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput({"class": "govuk-input--width-10", "autocomplete": "off"}, format="%d.%m.%Y %H:%M"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    before = forms.IntegerField(
        label=_("How many minutes before that it was identified"),
        min_value=0,
        max_value=43_200,
        widget=forms.NumberInput({"class": "govuk-input--width-5"}),
    )
    missing = forms.MultipleChoiceField(
        label=_("Bodies that do not exist there"),
        help_text=_("All others are as they are in this installation."),
        widget=_Columns,
        required=False,
    )
    unsafe = forms.MultipleChoiceField(
        label=_("Bodies that must not know, because somebody there is linked to the suspect"),
        widget=_Columns,
        required=False,
    )
    error_title = _("Nothing was computed")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        protocol: Protocol,
        functions: Mapping[str, str],
        language: str,
        place: str,
        now: datetime,
    ) -> None:
        """Ask about the codes that the procedure's conditions ask about, and no others."""
        initial = {"district": place, "moment": local(now).replace(tzinfo=None), "before": 0}
        super().__init__(data, initial=initial)
        self.asks = asked_codes(protocol)
        several = {code for code, values in protocol.trigger.conditions.when.items() if len(values) > 1}
        ends = {name: self.fields.pop(name) for name in list(self.fields)}
        for code, values in self.asks.items():
            choices = [(value, word(code, value, language)) for value in values]
            self.fields[code] = _code_field(word("code", code, language), choices, many=code == "concern")
            if code in protocol.trigger.conditions.when and code not in several:
                self.fields[code].initial = protocol.trigger.conditions.when[code][:1]
        self.fields |= ends
        districts = _districts(language)
        self.fields["district"].choices = districts  # type: ignore[attr-defined]
        self.fields["found"].choices = [("", _("the same")), *districts]  # type: ignore[attr-defined]
        if all(step.place == OF_THE_CHILD for step in protocol.steps):
            del self.fields["found"]
        for name in ("missing", "unsafe"):
            self.fields[name].choices = sorted(functions.items(), key=lambda pair: pair[1])  # type: ignore[attr-defined]

    def case(self) -> MadeUp:
        """Return the case that was made up."""
        given = self.cleaned_data
        codes = {code: given[code] for code in self.asks if given.get(code)}
        return MadeUp(
            codes=codes,
            territory=given["district"],
            found=given.get("found") or "",
            moment=given["moment"],
            identified=given["moment"] - timedelta(minutes=given["before"]),
            missing=frozenset(given["missing"]),
            unsafe=frozenset(given["unsafe"]),
        )


def asked_codes(protocol: Protocol) -> dict[str, list[str]]:
    """Return the codes that the start of a procedure asks about, with the values it names, in its own order."""
    found: dict[str, list[str]] = {}
    starting = [protocol.trigger.conditions, *(step.conditions for step in protocol.steps if step.on is None)]
    for conditions in starting:
        for code, values in (*conditions.when.items(), *conditions.unless.items()):
            found.setdefault(code, [])
            found[code] += [value for value in values if value not in found[code]]
    return found


def _code_field(label: str, choices: list[tuple[str, str]], *, many: bool) -> forms.Field:
    label = label[:1].upper() + label[1:]
    if many:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, required=False)
    nothing = ("", _("something else, or nothing said"))
    return forms.ChoiceField(label=label, choices=[*choices, nothing], required=False)


def _districts(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the districts below their regions; a city of republican significance without any stands for itself."""
    regions: list[Territory] = children_of(NATION, language=language)
    below: dict[str, list[tuple[str, str]]] = {region.kato: [] for region in regions}
    rows = Territory.objects.filter(level=2, parent__in=below, valid_to=None)
    for row in sorted(rows, key=lambda row: alphabetical(row.name(language))):
        below[str(row.parent_id)].append((row.kato, row.name(language)))
    return [(region.name(language), below[region.kato] or [(region.kato, region.name(language))]) for region in regions]
