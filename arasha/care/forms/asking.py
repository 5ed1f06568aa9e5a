"""What is typed of kin and of brothers and sisters, one by one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.care import rules
from arasha.care.forms.visiting import Plain, area
from arasha.care.rules import PartSaid
from arasha.people.models import Person


class PeopleForm(Plain):
    """Each of the family's list: an answer and words; what is left open is not changed."""

    def __init__(self, *args: Any, kin: Sequence[Person], siblings: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = [*kin, *siblings]
        for kind, people in (("kin", kin), ("sibling", siblings)):
            for one in people:
                called = one.called or _("name not known")
                choices = [("", _("Nothing new")), *rules.people_answers(kind)]
                self.fields[str(one.pk)] = forms.ChoiceField(
                    label=called, choices=choices, required=False, widget=forms.Select({"class": "govuk-select"})
                )
                label = _("Why, or where: %(name)s") % {"name": called}
                self.fields[f"{one.pk}_words"] = area(label, required=False)

    @property
    def said(self) -> dict[UUID, PartSaid]:
        """Return what was said, by person; the form must be valid."""
        got = self.cleaned_data
        return {
            one.pk: PartSaid(got[str(one.pk)], got[f"{one.pk}_words"])
            for one in self.people
            if got[str(one.pk)] or got[f"{one.pk}_words"].strip()
        }
