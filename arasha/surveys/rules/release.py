"""Whether a closed survey's results are released, and what is in them: decided once, from the answers alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from arasha.surveys.rules.figures import LEAST, Shown, band, counted, shares
from arasha.surveys.rules.questions import UNSAID, Question

BREAKDOWNS = ("none", "sex")
RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Released:
    """The figures of a class, or of its girls or boys: how many answered, in a band of five, and each share."""

    group: str
    answers: int
    figures: dict[str, Shown]


@dataclass(frozen=True, slots=True)
class Decision:
    """What comes of a survey.

    `outcome` is `released`, or why not: `not_opened`, `small_class`, `few_slips`, `few_answers`, `lost` (the envelopes
    or their key are gone) or `disturbed` (more envelopes than slips that were used). `split`: what became of the
    breakdown that was chosen: "", `shown`, or `few_in_group`. `kept` are (group, question, choice), one for each
    answer, with nothing that says which of them one pupil gave; nothing is kept of what is withheld.
    """

    outcome: str
    split: str = ""
    released: tuple[Released, ...] = ()
    kept: tuple[tuple[str, str, str], ...] = ()


def decide(
    questions: Sequence[Question],
    sheets: Sequence[Sequence[int]],
    *,
    enrolment: int,
    slips: int,
    used: int,
    breakdown: str,
) -> Decision:
    """Decide on what was answered; with a breakdown the sex is the last question of each sheet.

    Girls and boys are told apart only where both are ten or more; then there is no figure of the whole class, out of
    which those could be reckoned who did not say.
    """
    reason = _withheld(len(sheets), enrolment, slips, used)
    if reason:
        return Decision(reason)
    if breakdown != "sex":
        return _told(questions, {"": list(sheets)}, "")
    *rest, sex = questions
    groups = {
        choice.code: [sheet[:-1] for sheet in sheets if sheet[-1] == place]
        for place, choice in enumerate(sex.choices, start=1)
    }
    if min(len(group) for group in groups.values()) >= LEAST:
        return _told(rest, groups, "shown")
    return _told(rest, {"": [sheet[:-1] for sheet in sheets]}, "few_in_group")


def _withheld(answers: int, enrolment: int, slips: int, used: int) -> str:
    if enrolment < LEAST:
        return "small_class"
    if slips < LEAST:
        return "few_slips"
    if answers > used:
        return "disturbed"
    return "few_answers" if answers < LEAST else ""


def _told(questions: Sequence[Question], groups: dict[str, list[Sequence[int]]], split: str) -> Decision:
    released, kept = [], []
    for group, sheets in groups.items():
        figures: dict[str, Shown] = {}
        for place, question in enumerate(questions):
            said = [sheet[place] for sheet in sheets]
            names = [choice.code for choice in question.choices]
            figures[question.code] = shares(counted(said, names, UNSAID), UNSAID)
            kept += [(group, question.code, [UNSAID, *names][one]) for one in said]
        released.append(Released(group, band(len(sheets)), figures))
    return Decision(RELEASED, split, tuple(released), tuple(kept))
