"""What one pupil answered, as bytes of one length: a byte for each question, whatever was answered or left out."""

from collections.abc import Sequence
from typing import Final

from arasha.surveys.rules.questions import Question

FORMAT: Final = 1
# Room for every questionnaire there will be; every envelope of every survey is as long.
SIZE: Final = 64


class NotAnAnswer(ValueError):
    """The bytes of an envelope are no answers to these questions."""


def packed(said: Sequence[int]) -> bytes:
    """Return answers as they stand in an envelope: 0 for what was not said, else the choice's place from 1."""
    return bytes([FORMAT, *said])


def unpacked(content: bytes, questions: Sequence[Question]) -> tuple[int, ...]:
    """Return what was answered to these questions. Raises NotAnAnswer."""
    if len(content) != len(questions) + 1 or content[0] != FORMAT:
        raise NotAnAnswer
    said = tuple(content[1:])
    if any(place > len(question.choices) for place, question in zip(said, questions, strict=True)):
        raise NotAnAnswer
    return said


def heard(typed: Sequence[str], questions: Sequence[Question]) -> tuple[int, ...]:
    """Return what a form says, one text for each question; what is no choice of it counts as not said."""
    return tuple(
        int(text) if text.isascii() and text.isdigit() and len(text) == 1 and int(text) <= len(question.choices) else 0
        for text, question in zip(typed, questions, strict=True)
    )


def about(survey: object) -> str:
    """Return what an envelope is bound to: it opens for no other survey."""
    return f"arasha.surveys.1:{survey}"
