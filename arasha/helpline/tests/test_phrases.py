"""The phrase library: found by key and words, put in, kept in versions, its uses counted as sums alone."""

from typing import Any
from uuid import uuid4

import pytest

from arasha.helpline import actions, policy, queries
from arasha.helpline.models import Phrase, PhraseUse
from arasha.helpline.rules.phrases import PhraseWrong, checked_words, filled, matches
from arasha.helpline.tests import line as cast
from arasha.helpline.tests.line import Line
from arasha.obligations.tests.cast import NOW, Person

WORDS = {"kk": "Біз тәулік бойы осындамыз.", "ru": "Мы здесь круглосуточно.", "en": "We are here day and night."}


def add(who: Person, level: str = "unit", key: str = "always", **more: str) -> Phrase:
    """Add a phrase."""
    return actions.add_phrase(actor=who.enter(), level=level, key=key, theme="staying", words=WORDS | more, now=NOW)


def keys(who: Person, asked: str = "") -> list[str]:
    """Return the keys that somebody finds."""
    return [one.phrase.key for one in queries.find_phrases(who.enter(), asked, limit=99)]


def test_every_shipped_phrase_has_three_languages_and_says_that_nobody_verified_it(line: Line) -> None:
    ready = queries.phrases(line.operator.enter())
    assert len(ready) >= 20
    assert all(one.words.kk and one.words.ru and one.words.en for one in ready)
    assert {one.phrase.verified_by for one in ready} == {""}
    needed = {"hello", "silent-here", "safe-now", "stay", "call-102", "call-103", "call-112", "thank", "goodbye"}
    assert needed | {"joke", "abuse", "no-promise", "not-alone"} <= {one.phrase.key for one in ready}


@pytest.mark.parametrize("text", ["{name}", "{child}, сәлем", "{", "}", "{{helpline}}", "{ helpline }", "{}"])
def test_no_phrase_has_a_place_for_a_name(text: str) -> None:
    with pytest.raises(PhraseWrong) as wrong:
        checked_words({"kk": text, "ru": "да", "en": "yes"}, all_languages=True)
    assert (wrong.value.field, wrong.value.code) == ("kk", "place")


def test_the_helplines_name_and_the_time_are_put_in_and_nothing_else() -> None:
    assert filled("{helpline}, {time}: {x}", helpline="111 {time}", time="10:00") == "111 {time}, 10:00: {x}"


def test_a_key_is_found_before_words() -> None:
    assert [matches(asked, key="stay", about="бол stay") for asked in ("stay", "ST", "бол", "nothing")] == [3, 2, 1, 0]


def test_a_phrase_is_found_by_key_theme_and_words_of_any_language(line: Line) -> None:
    add(line.supervisor)
    assert keys(line.operator, "always") == ["always"]
    assert keys(line.operator, "круглосуточно здесь") == ["always"]
    assert "call-102" in keys(line.operator, "полиция")
    assert keys(line.operator, "'; DROP TABLE helpline_phrase --") == []


def test_a_units_phrase_is_its_supervisors_to_write_and_another_helpline_never_sees_it(line: Line) -> None:
    with pytest.raises(policy.NotAllowed):
        add(line.operator)
    made = add(line.supervisor)
    assert "always" in keys(line.colleague)
    assert "always" not in keys(line.elsewhere)
    for who in (line.operator, line.elsewhere):
        with pytest.raises(actions.PhraseNotThere):
            actions.retire_phrase(actor=who.enter(), phrase=made.pk, now=NOW)
    for who in (line.district.coordinator, line.district.inspector):
        assert queries.phrases(who.enter()) == []
        assert Phrase.objects.count() == 0


def test_an_operators_own_phrase_is_nobody_elses_and_really_goes(line: Line) -> None:
    made = add(line.operator, "own", "mine", ru="", en="")
    assert "mine" in keys(line.operator)
    for who in (line.colleague, line.supervisor):
        assert "mine" not in keys(who)
        assert not Phrase.objects.filter(pk=made.pk).exists()
    actions.retire_phrase(actor=line.operator.enter(), phrase=made.pk, now=NOW)
    with cast.as_nobody():
        assert not Phrase.objects.filter(pk=made.pk).exists()


def test_each_wording_is_kept_and_the_slower_of_two_is_told(line: Line) -> None:
    made = add(line.supervisor)
    change: dict[str, Any] = {"phrase": made.pk, "theme": "ending", "words": WORDS | {"en": "Always here."}, "now": NOW}
    actions.change_phrase(actor=line.supervisor.enter(), version=1, **change)
    with pytest.raises(actions.PhraseChanged):
        actions.change_phrase(actor=line.supervisor.enter(), version=1, **change)
    versions = queries.wordings(line.operator.enter(), made.pk)
    assert [(one.version, one.words_en) for one in versions] == [(2, "Always here."), (1, WORDS["en"])]
    actions.retire_phrase(actor=line.supervisor.enter(), phrase=made.pk, now=NOW)
    assert "always" not in keys(line.operator)
    assert len(queries.wordings(line.operator.enter(), made.pk)) == 2


def test_a_key_stands_once_and_what_is_missing_is_named(line: Line) -> None:
    add(line.supervisor)
    with pytest.raises(PhraseWrong, match="taken"):
        add(line.supervisor)
    with pytest.raises(PhraseWrong, match="ru: missing"):
        add(line.supervisor, key="other", ru=" ")
    with pytest.raises(PhraseWrong, match="key"):
        add(line.supervisor, key="<b>")


def test_a_phrase_goes_behind_what_is_half_written_and_is_counted_for_the_unit_alone(line: Line) -> None:
    held = cast.talking(line)
    made = add(line.supervisor)
    own = add(line.operator, "own", "mine")
    given: dict[str, Any] = {"contact": held.pk, "language": "en", "form": {"age": "10_12"}, "now": NOW}
    whole = actions.put_phrase(actor=line.operator.enter(), phrase=made.pk, message="Hello. ", **given)
    assert whole == "Hello. We are here day and night."
    draft = queries.draft_of(line.operator.enter(), held)
    assert (draft.message, draft.form) == (whole, {"age": "10_12"})
    actions.count_phrase(actor=line.operator.enter(), contact=held.pk, phrase=made.pk, now=NOW)
    actions.count_phrase(actor=line.operator.enter(), contact=held.pk, phrase=own.pk, now=NOW)
    assert queries.phrase_uses(line.operator.enter(), NOW.date()) == []
    uses = queries.phrase_uses(line.supervisor.enter(), NOW.date().replace(day=1))
    assert [(row.key, times) for row, times in uses] == [("always", 2)]
    assert {field.name for field in PhraseUse._meta.get_fields()} == {"id", "unit", "phrase", "day", "times"}


def test_nothing_is_put_into_a_contact_that_another_holds(line: Line) -> None:
    held = cast.talking(line)
    phrase = queries.phrases(line.colleague.enter())[0].phrase.pk
    with pytest.raises(actions.NotYours):
        actions.count_phrase(actor=line.colleague.enter(), contact=held.pk, phrase=phrase, now=NOW)
    with pytest.raises(actions.PhraseNotThere):
        actions.count_phrase(actor=line.operator.enter(), contact=held.pk, phrase=uuid4(), now=NOW)
