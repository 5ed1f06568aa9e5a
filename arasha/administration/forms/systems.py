"""What people say of another system: what it is, what it may do, where it is told of events."""

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from arasha.administration.rules.system_words import EVENT_WORDS, SCOPE_WORDS
from arasha.kernel.exchange.rules import SCOPES
from arasha.ui.fields import Option

MOST_NETWORKS = 20


class UnitForm(forms.Form):
    """For which unit a system acts; `units` are (id, name, body) rows."""

    unit = forms.TypedChoiceField(label=_("For which unit does it act?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, units: Iterable[tuple[int, str, str]] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ChoiceField, self.fields["unit"])
        field.choices = [(pk, Option(name, body)) for pk, name, body in units]


class SystemForm(forms.Form):
    """A system to be proposed; `functions` are (code, label) of those that the unit has and a system may have."""

    name = forms.CharField(
        label=_("Which system is it?"),
        help_text=_("Its name and who runs it, so that the person who confirms can ask."),
        max_length=200,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[(code, Option(*SCOPE_WORDS[code])) for code in SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    functions = forms.MultipleChoiceField(
        label=_("As which of the unit’s functions?"), widget=forms.CheckboxSelectMultiple
    )
    networks = forms.CharField(
        label=_("From which networks may it come?"),
        help_text=_("One a line, for example 203.0.113.0/24. Empty: from anywhere."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *arguments: Any, functions: Iterable[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(forms.MultipleChoiceField, self.fields["functions"]).choices = list(functions)

    def clean_networks(self) -> list[str]:
        """Read the networks. Raises ValidationError for a line that is none."""
        lines = [line.strip() for line in str(self.cleaned_data["networks"]).splitlines() if line.strip()]
        if len(lines) > MOST_NETWORKS:
            raise ValidationError(_("At most %(most)s networks."), params={"most": MOST_NETWORKS})
        found = []
        for line in lines:
            try:
                found.append(str(ip_network(line)))
            except ValueError:
                raise ValidationError(_("“%(line)s” is no network."), params={"line": line[:50]}) from None
        return found


class TokenForm(forms.Form):
    """How long a token is good."""

    days = forms.TypedChoiceField(
        label=_("How long is it good?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("a year"))],
        coerce=int,
        widget=forms.RadioSelect,
        initial=180,
    )


class WebhookForm(forms.Form):
    """Where a system is told of which events; `events` are codes."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_("The whole address. It is encrypted (TLS) and reached from the internet."),
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(label=_("Of what?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments: Any, events: Iterable[str] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.MultipleChoiceField, self.fields["events"])
        field.choices = [(code, EVENT_WORDS.get(code, code)) for code in events]
