"""Numbers as people type them become numbers that a phone dials, or are refused."""

import pytest
from django.utils.translation import override

from arasha.ui.rules import phones

KEPT = {
    "8 701 234 56 78": "+77012345678",
    "+7 (701) 234-56-78": "+77012345678",
    "7 701 234 56 78": "+77012345678",
    "87252123456": "+77252123456",
    "8 (7252) 12-34-56 вн. 12": "+77252123456;ext=12",
    "8 7252 12 34 56 ішкі 7": "+77252123456;ext=7",
    "8 7252 12 34 56 доб. 7": "+77252123456;ext=7",
    "8 72537 2-12-34": "+77253721234",
    " 102 ": "102",
    "112": "112",
    "111": "111",
    "150": "150",
}
REFUSED = ["", "5-12-34", "999", "000", "+7 495 123 45 67", "+998 71 123 45 67", "8701234567", "call me", "1" * 61]
HOSTILE = ["<script>", "8701' OR 1=1", "+7701234567\x00", "٨٧٠١", "=1+1", "tel:102", "102;ext=1"]


@pytest.mark.parametrize("typed", KEPT)
def test_a_number_is_kept_in_one_form(typed: str) -> None:
    assert phones.normal(typed) == KEPT[typed]
    for language in ("kk", "ru", "en"):  # what is shown may be typed again
        with override(language):
            assert phones.normal(phones.shown(KEPT[typed])) == KEPT[typed]


@pytest.mark.parametrize("typed", [*REFUSED, *HOSTILE])
def test_what_no_phone_in_kazakhstan_has_is_refused(typed: str) -> None:
    with pytest.raises(phones.NotAPhone):
        phones.normal(typed)


def test_a_number_is_shown_and_dialled() -> None:
    with override("en"):
        assert (phones.shown("+77252123456;ext=12"), phones.shown("102")) == ("+7 7252 12 34 56 ext. 12", "102")
    with override("ru"):
        assert phones.shown("+77252123456;ext=12") == "+7 7252 12 34 56 доб. 12"
    assert phones.dialled("+77252123456;ext=12") == "tel:+7-7252-12-34-56;ext=12"
    assert phones.dialled("102") == "tel:102"
