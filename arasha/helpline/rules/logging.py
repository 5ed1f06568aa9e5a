"""What an operator writes down of a contact, and what must stand there for which kind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from arasha.helpline.rules import codes
from arasha.people.rules import SEXES


class FormIncomplete(ValueError):
    """Something must be said for this kind of contact; `field` names what."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Log:
    """What is written down of a contact. Everything but the kind may stay unknown; `region` is a code of a region."""

    kind: str
    caller: str = "unknown"
    reason: str = ""
    reasons: Sequence[str] = ()
    sex: str = "unknown"
    age: str = "unknown"
    region: str = ""
    steps: Sequence[str] = ()
    referred: Sequence[str] = ()


def checked(log: Log, reasons: Collection[str]) -> Log:
    """Return the form as it is kept; `reasons` are the codes in use. A kind without a form keeps nothing but itself.

    Raises UnknownCode, FormIncomplete: counselling needs a reason.
    """
    codes.KINDS[log.kind]
    if not codes.needs_form(log.kind):
        return Log(log.kind, caller=codes.CALLERS[log.caller].code)
    for known, given in (
        (codes.CALLERS, [log.caller]),
        (SEXES, [log.sex]),
        (codes.AGES, [log.age]),
        (codes.STEPS, log.steps),
        (codes.REFERRALS, log.referred),
    ):
        for code in given:
            known[code]
    wrong = {log.reason, *log.reasons} - {"", *reasons}
    if wrong or (log.kind == "counselling" and not log.reason):
        raise FormIncomplete("reason")
    others = tuple(dict.fromkeys(code for code in log.reasons if code and code != log.reason))
    return Log(
        log.kind,
        log.caller,
        log.reason,
        others,
        log.sex,
        log.age,
        log.region,
        tuple(dict.fromkeys(log.steps)),
        tuple(dict.fromkeys(log.referred)),
    )
