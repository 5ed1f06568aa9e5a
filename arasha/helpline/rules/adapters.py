"""An exchange's own events in the words of our document, by a table that is data (`data/asterisk.yaml`).

It runs beside the exchange, not in the service: what comes out is the body of `POST /api/v1/helpline/calls/events`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from arasha.helpline.rules.calls import Kind

ASTERISK: Final = Path(__file__).resolve().parents[1] / "data" / "asterisk.yaml"
RESTARTED: Final = "restarted"
KINDS: Final = frozenset({kind.value for kind in Kind} - {Kind.LOST.value} | {RESTARTED})
# An interface names a line: SIP/201, PJSIP/201-0000001a, Local/201@agents/n.
LINE: Final = re.compile(r"(?:[A-Za-z0-9]+/)?([0-9A-Za-z_.+*#]{1,20})(?:[-@/;].*)?")
Told = dict[str, str]


class TableFaulty(ValueError):
    """The table of an adapter can't be read; the text says where."""


@dataclass(frozen=True, slots=True)
class Row:
    """How one of their events becomes one of ours."""

    event: str
    kind: str
    call: tuple[str, ...]
    own: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    queue: str = ""
    extension: str = ""
    caller: str = ""
    by: str = ""
    means: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adapter:
    """The table of one kind of exchange."""

    system: str
    tested: bool
    event: str
    time: str
    channel: str
    rows: tuple[Row, ...]

    def mapped(self, told: Iterable[Told]) -> Iterator[dict[str, str]]:
        """Yield ours for theirs, in their order; what has no row, no call or no time is passed over."""
        for number, one in enumerate(told):
            row = next((row for row in self.rows if self._fits(row, one)), None)
            at = _moment(one.get(self.time, ""))
            call = next((one[name] for name in row.call if one.get(name)), "") if row else ""
            if row is None or at is None or not (call or row.kind == RESTARTED):
                continue
            said = {
                "id": f"{one.get(self.channel, '')}.{one[self.event]}.{one[self.time]}"[:64] or str(number),
                "kind": row.kind,
                "at": at.isoformat(),
                "call": "" if row.kind == RESTARTED else call[:64],
                "queue": one.get(row.queue, "")[:40],
                "extension": _line(one.get(row.extension, "")),
                "by": row.means.get(one.get(row.by, ""), ""),
                "caller": one.get(row.caller, "")[:32],
            }
            yield {name: value for name, value in said.items() if value}

    def _fits(self, row: Row, one: Told) -> bool:
        if one.get(self.event) != row.event or (row.own and one.get(self.channel) != one.get(row.call[0])):
            return False
        return all(one.get(name, "") in values for name, values in row.when.items()) and not any(
            one.get(name, "") in values for name, values in row.unless.items()
        )


def adapter(text: str) -> Adapter:
    """Read a table. Raises TableFaulty."""
    try:
        said = yaml.safe_load(text)
        return Adapter(
            said["system"],
            bool(said.get("tested")),
            said["event"],
            said["time"],
            said["channel"],
            tuple(_row(one, tuple(said["call"])) for one in said["events"]),
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as fault:
        raise TableFaulty(f"{type(fault).__name__}: {fault}") from None


def _row(said: dict[str, Any], call: tuple[str, ...]) -> Row:
    if said["kind"] not in KINDS:
        raise TableFaulty(f"{said['event']}: there is no kind {said['kind']!r}")
    by = said.get("by") or {}
    return Row(
        said["event"],
        said["kind"],
        tuple(said.get("call", call)),
        bool(said.get("own")),
        {name: tuple(map(str, values)) for name, values in (said.get("when") or {}).items()},
        {name: tuple(map(str, values)) for name, values in (said.get("unless") or {}).items()},
        said.get("queue", ""),
        said.get("extension", ""),
        said.get("caller", ""),
        by.get("field", ""),
        {str(name): value for name, value in (by.get("means") or {}).items()},
    )


def manager_events(text: str) -> Iterator[Told]:
    """Yield the events of a recording of Asterisk's Manager Interface: `Name: value` lines, then a blank one."""
    for block in re.split(r"\r?\n\r?\n", text):
        lines = [line.partition(":") for line in block.splitlines() if ":" in line]
        told = {name.strip(): value.strip() for name, _colon, value in lines}
        if "Event" in told:
            yield told


def _line(said: str) -> str:
    found = LINE.fullmatch(said)
    return found[1] if found else ""


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(said), UTC)
    except (ValueError, OverflowError, OSError):
        return None
