"""What codes of a survey are called, and a release as rows to be shown."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from arasha.surveys import rules
from arasha.surveys.models import Release, Survey


def state(survey: Survey) -> str:
    """Return where a survey stands."""
    if survey.state == "begun":
        return _("being prepared")
    if survey.state == "open":
        return _("open for answers")
    return _("results shown") if survey.outcome == rules.RELEASED else _("closed, nothing shown")


def why_nothing(outcome: str) -> str:
    """Return why nothing is shown of a closed survey."""
    return {
        "not_opened": _("It was never opened for answers."),
        "small_class": _("The class has fewer than ten pupils, so that any figure could point to one of them."),
        "few_slips": _("Fewer than ten slips were given out, so that any figure could point to one pupil."),
        "few_answers": _(
            "Fewer than ten pupils answered, so that any figure could point to one of them. How many did is not kept."
        ),
        "lost": _("The answers are no longer there: the folder or the key of this survey was lost. Nothing was read."),
        "disturbed": _("There were more answers than slips that were used. Somebody or something interfered."),
    }[outcome]


def share(code: str) -> str:
    """Return a share in words."""
    if code in {"under10", "over90"}:
        return {"under10": "< 10 %", "over90": "> 90 %"}[code]
    if code.startswith("about"):
        return f"≈ {code.removeprefix('about')} %"
    least = int(code.removeprefix("from"))
    return f"{least}–{least + 20} %"


def length(code: str) -> int:
    """Return how long a share's bar is, of 100: the middle of what it may be."""
    if code in {"under10", "over90"}:
        return {"under10": 5, "over90": 95}[code]
    return int(code.removeprefix("about")) if code.startswith("about") else int(code.removeprefix("from")) + 10


def why_not(code: str) -> str:
    """Return why one question shows no shares."""
    if code == "few":
        return _("Not shown: fewer than ten answered this.")
    return _("Not shown: the shares would tell exactly how many gave a rare answer.")


def group(code: str) -> str:
    """Return whose answers a release holds."""
    return {"": _("The whole class"), "girl": _("Girls"), "boy": _("Boys")}[code]


def how_many(least: int) -> str:
    """Return a number of answers in its band."""
    return _("%(least)s to %(most)s answered") % {"least": least, "most": least + rules.BAND - 1}


def tables(survey: Survey, releases: Sequence[Release]) -> list[dict[str, Any]]:
    """Return what was told of a survey, question by question, as pages and documents show it."""
    asked = rules.questionnaire(survey.questionnaire)
    return [
        {
            "group": group(release.group),
            "answers": how_many(release.answers),
            "questions": [
                _question(question, asked.unsaid, release.figures[question.code])
                for question in asked.sheet(survey.age).questions
            ],
        }
        for release in releases
    ]


def _question(question: rules.Question, unsaid: rules.Words, figures: dict[str, str] | str) -> dict[str, Any]:
    if isinstance(figures, str):
        return {"words": str(question.words), "why_not": why_not(figures), "rows": []}
    called = {choice.code: choice.words for choice in question.choices} | {rules.UNSAID: unsaid}
    # In the order of the questionnaire: the database keeps none.
    rows = [
        {"choice": str(words), "share": share(figures[code]), "length": length(figures[code])}
        for code, words in called.items()
    ]
    return {"words": str(question.words), "why_not": "", "rows": rows}
