"""What somebody tells without an account, as one value that goes into a letter and comes out of it unchanged."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
TELLERS: Final = CodeList(DATA / "tellers.csv")
# So many letters of each are kept; the pages say so before it is sent.
MOST_WORDS: Final = 6000
MOST_LINE: Final = 200
MOST_ANSWER: Final = 1500


class NotATelling(ValueError):
    """The words of a letter are not a telling: another version's, or nobody's."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a child, a friend, an adult or a professional tells. Everything but `teller` may be missing.

    `territory` is a district's KATO code or empty; `concerns` are codes of `cases/data/concerns.csv`, `hindrances` of
    `signals/data/hindrances.csv` (a refused statement, pressure to withdraw one); `safe_now` and
    `reached` (whether the one who hurts can reach the child) are yes, no or unknown; `of_self` that the teller tells of
    themselves; `institution` that it happened where the child lives or learns: `institution_kind` says what it is.
    """

    teller: str
    language: str = "kk"
    of_self: bool = True
    concerns: tuple[str, ...] = ()
    hindrances: tuple[str, ...] = ()
    words: str = ""
    safe_now: str = "unknown"
    reached: str = "unknown"
    must_not_know: str = ""
    territory: str = ""
    whereabouts: str = ""
    child_called: str = ""
    child_age: int | None = None
    child_sex: str = "unknown"
    may_ring: str = ""
    worker: str = "either"
    institution_kind: str = ""
    institution_called: str = ""

    def to_json(self) -> str:
        """Return it as it stands in a letter."""
        return json.dumps({"telling": 1, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Telling":
        """Return what a letter says. Raises NotATelling."""
        try:
            said: dict[str, Any] = json.loads(text)
            if said.pop("telling") != 1:
                raise NotATelling
            known = {field.name for field in fields(cls)}
            for name in ("concerns", "hindrances"):
                said[name] = tuple(said.get(name, ()))
            return cls(**{name: value for name, value in said.items() if name in known})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotATelling from error
