"""What pages of feedback share: half-years, shares and questions in words."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.participation import queries, rules

SHARES = {
    "under10": "< 10 %",
    "over90": "> 90 %",
    **{f"about{tens}": f"≈ {tens} %" for tens in range(10, 100, 10)},
    **{f"from{tens}": f"{tens}–{tens + 20} %" for tens in (10, 30, 50, 70)},
}


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def period(code: str) -> str:
    """Return a half-year in words."""
    year, half = rules.title(code)
    return (_("January–June %(year)s") if half == 1 else _("July–December %(year)s")) % {"year": year}


def rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return questions with what was answered: shares, or counts where few answered; or why there are none."""
    found = []
    for question in rules.asked("child"):
        shown = figures.get(question.code)
        if shown is None:
            continue
        cells = [_cell(shown, code) for code, _words in question.choices]
        names = [words[language()] for _code, words in question.choices]
        found.append({"words": question.words[language()], "cells": list(zip(names, cells, strict=True))})
        if isinstance(shown, str):
            found[-1]["why"] = (
                _("Too few said something.") if shown == "few" else _("Answers were too alike to be told.")
            )
    return found


def _cell(shown: dict[str, Any] | str, code: str) -> str:
    if isinstance(shown, str):
        return ""
    value = shown.get(code, "")
    return SHARES.get(value, "") if isinstance(value, str) else str(value)


def told(found: list[queries.Told]) -> list[dict[str, Any]]:
    """Return half-years that were told, ready for a page."""
    place = rules.LANGUAGES.index(language())
    return [
        {
            "round": one.round,
            "period": period(one.period),
            "answers": band(one.answers),
            "invited": band(one.invited) if one.invited else "",
            "rows": rows(one.figures),
            "reply": (one.words[place] or one.words[1]) if one.words else "",
        }
        for one in found
    ]


def band(least: int) -> str:
    """Return a band of five in words: 10–14."""
    return f"{least}–{least + 4}"
