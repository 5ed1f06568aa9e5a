"""The story of a file draws its silences and leaves no act out."""

from datetime import UTC, datetime, timedelta
from string import Formatter

from django.utils.translation import override

from arasha.coordination.rules import PHRASES, Entry, Silence, sentence, with_silences

MONDAY = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)


def entry(day: int) -> Entry:
    return Entry(at=MONDAY + timedelta(days=day), verb="open_case", sentence="", tone="done")


def test_three_days_without_a_word_are_a_silence() -> None:
    story = with_silences([entry(0), entry(2), entry(5)], MONDAY + timedelta(days=6), open_file=True)
    assert [type(item) for item in story] == [Entry, Entry, Silence, Entry]
    assert story[2] == Silence(MONDAY + timedelta(days=2), MONDAY + timedelta(days=5))


def test_a_silence_that_lasts_still_is_drawn_only_while_the_file_is_open() -> None:
    now = MONDAY + timedelta(days=10)
    [_, silence] = with_silences([entry(0)], now, open_file=True)
    assert isinstance(silence, Silence)
    assert (silence.open, silence.days) == (True, 10)
    assert with_silences([entry(0)], now, open_file=False) == [entry(0)]


def test_a_file_without_acts_has_no_story() -> None:
    assert with_silences([], MONDAY, open_file=True) == []


def test_each_phrase_asks_for_the_same_values_in_every_language() -> None:
    for phrase in PHRASES:
        asked = [
            {name for _, name, _, _ in Formatter().parse(phrase.label(language)) if name}
            for language in ("kk", "ru", "en")
        ]
        assert asked[0] == asked[1] == asked[2], phrase.code


def test_a_sentence_is_whole_even_when_a_name_is_not_known() -> None:
    with override("en"):
        assert sentence("take_signal", {}) == "Signal taken — —"
        assert sentence("take_signal", {"unit": "Saryagash"}) == "Signal taken — Saryagash"
