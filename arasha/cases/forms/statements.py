"""The shape of a statement: what kind, who says it, how they know, and in which words."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.cases.forms.frame import LONGEST
from arasha.cases.forms.happened import last_day
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING


class StatementForm(forms.Form):
    """A fact, an allegation, an opinion or a finding, with its source; or which of the child's words are about it."""

    kind = forms.ChoiceField(
        label=_("What kind of statement it is"),
        choices=rules.STATEMENT_KINDS.choices,
        widget=forms.RadioSelect,
        initial="observed",
    )
    source = forms.ChoiceField(label=_("Who says or found it"), choices=rules.STATEMENT_SOURCES.asked)
    way = forms.ChoiceField(label=_("How they know"), choices=rules.STATEMENT_WAYS.asked)
    who = forms.CharField(
        label=_("Name or office of who says it"),
        help_text=_("Kept sealed. Leave it empty when the source says it all."),
        max_length=200,
        required=False,
    )
    words = forms.CharField(
        label=_("In their words"),
        help_text=_("For what the child said choose the child’s words below instead."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
    )
    said = forms.ChoiceField(label=_("The child’s words"), choices=[], required=False)
    heard_on = DateField(label=_("When it was heard or found"), required=False)
    incident = forms.ChoiceField(label=_("About which incident"), choices=[], required=False)

    def __init__(
        self,
        *arguments: Any,
        today: date,
        incidents: Sequence[tuple[str, str]],
        sayings: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        cast(forms.ChoiceField, self.fields["incident"]).choices = [NOTHING, *incidents]
        cast(forms.ChoiceField, self.fields["said"]).choices = [NOTHING, *sayings]

    def clean(self) -> dict[str, Any]:
        """Ask for words or the child's words, and refuse a source that does not make such a statement."""
        said = super().clean() or {}
        last_day(said, "heard_on", self.today, self)
        kind, source, way = said.get("kind", ""), said.get("source", ""), said.get("way", "")
        if kind and source and kind not in rules.STATEMENT_SOURCES[source].more["kinds"].split():
            self.add_error("source", _("Such a statement does not come from this source."))
        if kind == rules.CHILD and way and way != "told_by_child":
            self.add_error("way", _("What the child said was told by the child."))
        if kind == rules.CHILD and not said.get("said"):
            self.add_error("said", _("Choose the words. If they are not written down yet, write them down first."))
        if kind and kind != rules.CHILD and not (said.get("words") or "").strip():
            self.add_error("words", _("Write what is said."))
        return said


class RelateForm(forms.Form):
    """Which other statement this one confirms or refutes."""

    statement = forms.UUIDField(widget=forms.HiddenInput)
    relation = forms.ChoiceField(label=_("This statement"), choices=rules.STATEMENT_RELATIONS.asked)
    other = forms.ChoiceField(label=_("Which other statement"), choices=[])

    def __init__(self, *arguments: Any, others: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(forms.ChoiceField, self.fields["other"]).choices = [NOTHING, *others]
