"""What was said, in words, for the page on which it is read once more before it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from arasha.doors.forms import region_of_place
from arasha.doors.rules import texts
from arasha.doors.rules.institutions import INSTITUTION_KINDS
from arasha.doors.rules.story import FILES, QUESTIONS, Answers, Story
from arasha.doors.views import page


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what was answered; `said` is empty where it was left out."""

    step: str
    question: str
    said: list[str]


def rows(story: Story) -> list[Row]:
    """Return every question with its answer. Region and place stand in one row."""
    found = [Row(step, texts.question(step, "title", story.teller), _said(step, story)) for step in QUESTIONS]
    merged: list[Row] = []
    for row in found:
        if row.step == "place":
            merged[-1] = Row("region", merged[-1].question, row.said or merged[-1].said)
        else:
            merged.append(row)
    if story.files:
        said = [f"{one.name} · {_('somebody is undressed')}" if one.intimate else one.name for one in story.files]
        merged.append(Row(FILES, _("Files"), said))
    else:
        merged.append(Row(FILES, texts.part("files", "title", story.teller), []))
    return merged


def _said(step: str, story: Story) -> list[str]:
    return SAID[step](story.answers, story.teller)


def _setting(answers: Answers, teller: str) -> list[str]:
    kind = answers.get("institution_kind", "")
    return [INSTITUTION_KINDS.label(kind)] if kind in INSTITUTION_KINDS else _chosen("setting", teller, kind)


def _region(answers: Answers, teller: str) -> list[str]:
    region = answers.get("region", "")
    return [name for name, below in page.places() if below and region_of_place(below) == region]


def _child(answers: Answers, teller: str) -> list[str]:
    return [*_lines(answers, "child_called", "child_age"), *_chosen("child", teller, answers.get("child_sex"))]


def _chosen(step: str, teller: str, *codes: Any) -> list[str]:
    known = dict(texts.options(step, teller))
    return [known[code] for code in codes if code in known]


def _lines(answers: Answers, *names: str) -> list[str]:
    return [str(answers[name]) for name in names if answers.get(name) not in (None, "")]


def _place(answers: Answers) -> list[str]:
    code = answers.get("territory")
    return [f"{name}, {called}" for name, below in page.places() for kato, called in below if kato == code]


SAID: Final[dict[str, Callable[[Answers, str], list[str]]]] = {
    "danger": lambda answers, teller: _chosen("danger", teller, answers.get("danger")),
    "what": lambda answers, teller: _chosen("what", teller, *answers.get("concerns", ())),
    "words": lambda answers, teller: _lines(answers, "words"),
    "secret": lambda answers, teller: _lines(answers, "must_not_know"),
    "setting": _setting,
    "region": _region,
    "place": lambda answers, teller: [*_place(answers), *_lines(answers, "whereabouts")],
    "child": _child,
    "reach": lambda answers, teller: [
        *_lines(answers, "may_ring"),
        *_chosen("reach", teller, answers.get("worker")),
    ],
}
