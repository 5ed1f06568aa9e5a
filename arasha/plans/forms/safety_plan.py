"""A safety plan as it is filled in with the child: one thing a line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from arasha.plans import rules
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

SERVICES, SERVICE_ROWS = "services", 4
AFTER, AGREEMENT = "after", ("agreed", "not_agreed", "review_on")


class _Title:
    """The title of a kind, in the reader's language when it is written out."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __str__(self) -> str:
        return rules.KINDS.label(self._kind)


class SafetyPlanForm(forms.Form):
    """The plan: its lines by kind, where it is kept, who agreed, when it is gone through again."""

    language = forms.ChoiceField(label=_("Language of the child"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    large = forms.BooleanField(label=_("Large letters, for a small child"), required=False)
    carry = forms.ChoiceField(
        label=_("Is it safe for the child to have this on paper?"),
        help_text=_("Ask the child who looks into their bag and telephone."),
        choices=rules.CARRYING.choices,
        widget=forms.RadioSelect,
    )
    kept = forms.ChoiceField(label=_("Where the plan is kept"), choices=rules.KEEPING.choices)
    agreed = forms.MultipleChoiceField(
        label=_("Who agreed"), choices=rules.AGREEING.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    not_agreed = forms.ChoiceField(
        label=_("If nobody agreed: why"), choices=lambda: [NOTHING, *rules.NOT_AGREED.choices()], required=False
    )
    review_on = DateField(label=_("Go through it again on"))
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        for kind in rules.KINDS:
            if kind.code == SERVICES:
                self._services()
            else:
                self.fields[kind.code] = _lines(kind.code, int(kind.more["most"]), int(kind.more["longest"]))
        first = [kind.code for kind in rules.KINDS if kind.code != SERVICES]
        self.order_fields([*first, *(name for name in self.fields if name.startswith(SERVICES)), *self.base_fields])

    def _services(self) -> None:
        longest = int(rules.KINDS[SERVICES].more["longest"])
        for number in range(1, SERVICE_ROWS + 1):
            label = _("Who does what (%(number)s)") % {"number": number}
            self.fields[f"{SERVICES}_{number}"] = forms.CharField(label=label, max_length=longest, required=False)
            self.fields[f"{SERVICES}_{number}_by"] = DateField(label=_("By which day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Hold the plan to its rules, each breach at its own field."""
        said = super().clean() or {}
        if said.get("review_on") and said["review_on"] < self.today:
            self.add_error("review_on", _("This day is over."))
        if self.errors:
            return said
        try:
            rules.check(self.draft())
        except rules.PlanEmpty:
            self.add_error(None, _("Write at least one thing that the child can do or that others do."))
        except rules.TooLong as long:
            limits = rules.KINDS[long.kind].more
            words = _("At most %(most)s lines of %(longest)s letters: it must fit on a small page.")
            self.add_error(long.kind, words % {"most": limits["most"], "longest": limits["longest"]})
        except rules.AgreementMissing:
            self.add_error("not_agreed", _("Say who agreed, or why nobody did."))
        return said

    def draft(self) -> rules.Draft:
        """Return the plan as it was filled in."""
        said = self.cleaned_data
        return rules.Draft(
            items=tuple(_items(said)),
            language=said["language"],
            large=said["large"],
            carry=said["carry"],
            kept=said["kept"],
            agreed=tuple(said["agreed"]),
            not_agreed="" if said["agreed"] else said["not_agreed"],
            review_on=said["review_on"],
        )

    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields as it was sent, right or wrong, without what is empty: a draft."""
        sent = {name: self[name].data for name in self.fields if name != AFTER}
        return {name: value for name, value in sent.items() if value not in (None, "", [], False)}

    def says_more(self, *, newer: bool) -> bool:
        """Say whether anything was written that the version that stands does not say.

        A language alone is nothing yet: the page offers the reader's own. `newer`: that version was kept after the page
        was drawn. What differs in its agreement alone is the version itself, sent once more by a window that was still
        saving.
        """
        return bool({*self.changed_data} - {AFTER, "language", *(AGREEMENT if newer else ())})


class PrintForm(forms.Form):
    """Which version is printed, and how."""

    number = forms.IntegerField(min_value=1)
    disguised = forms.BooleanField(required=False)


def sent(data: QueryDict) -> QueryDict:
    """Return what a window sent with the ends of lines that the form itself writes: browsers send others."""
    same = data.copy()
    for name, values in data.lists():
        same.setlist(name, [str(value).replace("\r\n", "\n") for value in values])
    return same


def initial_of(items: tuple[rules.Item, ...]) -> dict[str, Any]:
    """Return what the fields begin with when the next version is written."""
    given: dict[str, Any] = {}
    for kind in rules.KINDS:
        lines = [item for item in items if item.kind == kind.code]
        if kind.code == SERVICES:
            for number, item in enumerate(lines, 1):
                given |= {f"{SERVICES}_{number}": item.words, f"{SERVICES}_{number}_by": item.by}
        else:
            given[kind.code] = "\n".join(item.words for item in lines)
    return given


def _items(said: Mapping[str, Any]) -> list[rules.Item]:
    items = []
    for kind in rules.KINDS:
        if kind.code != SERVICES:
            items += [rules.Item(kind.code, line) for line in rules.lines_of(said.get(kind.code, ""))]
            continue
        for number in range(1, SERVICE_ROWS + 1):
            words = " ".join(rules.lines_of(said.get(f"{SERVICES}_{number}", "")))
            if words:
                items.append(rules.Item(SERVICES, words, said.get(f"{SERVICES}_{number}_by")))
    return items


def _lines(kind: str, most: int, longest: int) -> forms.CharField:
    widget = forms.TextInput() if most == 1 else forms.Textarea(attrs={"rows": 3})
    help_text = "" if most == 1 else _("One thing a line, in the child’s words.")
    label = lazystr(_Title(kind))
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, max_length=most * (longest + 2), required=False
    )
