"""What may be told of the answers of one half-year: decided once, from the answers alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from arasha.participation.rules.asking import CODES, UNSAID, questions, settings
from arasha.surveys.rules.figures import band, counted, shares


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a group: `told` to everybody, `few` to who supervises, `none` to nobody.

    `figures` are coarse shares by question where it is told, and counts by question for `few`. `answers` is the lower
    end of a band of five where it is told.
    """

    outcome: str
    answers: int = 0
    figures: dict[str, Any] = field(default_factory=dict)


def decide(sheets: Sequence[Sequence[int]], *, providers: int | None = None) -> Outcome:
    """Decide on the answers of a group; each sheet has a place for each question, 0 for silence.

    `providers`: of how many providers they are, where the group is one of protected services, of which neither a
    site nor a provider may be told: the group needs enough of both.
    """
    bounds, count = settings(), len(sheets)
    tallies = {
        code: counted((sheet[place] for sheet in sheets), CODES, UNSAID) for place, code in enumerate(questions())
    }
    wide = providers is None or providers >= bounds["least_providers"]
    if count >= bounds["least"] and wide:
        return Outcome("told", band(count), {code: shares(tally, UNSAID) for code, tally in tallies.items()})
    if count >= bounds["least_few"]:
        return Outcome("few", count, tallies)
    return Outcome("none")
