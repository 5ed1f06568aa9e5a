"""Every Django form is drawn with GOV.UK's markup, names its errors and reads Kazakh dates."""

import re
from datetime import date

import pytest
from django import forms
from django.utils import translation

from arasha.ui.fields import DateField, DateParts, Option
from arasha.ui.forms import SampleForm


@pytest.fixture
def broken() -> str:
    """The sample form, sent nearly empty."""
    with translation.override("en"):
        return str(SampleForm({"urgency": "now", "seen": "31 march"}))


def test_the_summary_leads_to_each_field_by_its_name(broken: str) -> None:
    links = dict(re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a>', broken))
    assert links["id_seen"].startswith("Day when it was seen: ")
    for target in links:
        assert f'id="{target}"' in broken


def test_a_field_with_an_error_says_so_to_a_screen_reader(broken: str) -> None:
    (field,) = re.findall(r'<input type="text" name="seen"[^>]*>', broken)
    assert "govuk-input--error" in field
    assert 'aria-describedby="id_seen_helptext id_seen_error"' in field
    assert 'id="id_seen_error"' in broken
    assert 'id="id_seen_helptext"' in broken


def test_choices_are_a_fieldset_with_a_legend_and_hints(broken: str) -> None:
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>How soon somebody must act", broken)
    assert 'aria-describedby="id_urgency_0_hint"' in broken
    assert 'id="id_urgency_0_hint"' in broken


def test_no_identifier_stands_twice(broken: str) -> None:
    identifiers = re.findall(r'\sid="([^"]+)"', broken)
    assert len(identifiers) == len(set(identifiers))


def test_what_may_be_left_empty_is_said_in_words_without_stars(broken: str) -> None:
    assert "(may be left empty)" in broken
    assert "*" not in broken


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_date_is_read_as_it_is_written_here(language: str) -> None:
    with translation.override(language):
        assert DateField().clean("31.03.2026") == date(2026, 3, 31)


def test_a_date_in_three_parts_is_read_and_given_back() -> None:
    class Born(forms.Form):
        born = DateField(parts=True, required=False)

    form = Born({"born_day": "5", "born_month": "3", "born_year": "2017"})
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(2017, 3, 5)
    assert DateParts().decompress(date(2017, 3, 5)) == [5, 3, 2017]
    wrong = Born({"born_day": "35", "born_month": "", "born_year": "2017"})
    assert not wrong.is_valid()
    assert 'value="35"' in str(wrong)
    assert Born({}).is_valid()


def test_an_option_reads_in_the_active_language_and_hidden_fields_stay_plain() -> None:
    class Hidden(forms.Form):
        step = forms.CharField(widget=forms.HiddenInput)

    assert str(Option("Now", "at once")) == "Now"
    assert "govuk" not in str(Hidden({"step": "2"})).split("<input")[1]
