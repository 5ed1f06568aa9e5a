"""What a verification found, proved and could not prove."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

# What a verification can meet. Those in NOTICES are told and do not make it fail.
KINDS = frozenset(
    {
        "act_altered",
        "act_open",
        "act_deleted",
        "act_inserted",
        "chain_broken",
        "chain_end",
        "change_altered",
        "change_deleted",
        "change_inserted",
        "change_order",
        "link_altered",
        "log_altered",
        "log_deleted",
        "log_inserted",
        "log_unregistered",
        "seal_altered",
        "seal_missing",
        "seal_root",
        "seal_signature",
        "seal_unreadable",
        "guard_missing",
        "row_altered",
        "row_deleted",
        "row_inserted",
        "history_altered",
        "history_missing",
        "erased_unlawfully",
        "clock_gap",
        "erased",
        "lost_in_restore",
    }
)
NOTICES = frozenset({"clock_gap", "erased", "lost_in_restore"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where it is, never what it says."""

    kind: str
    table: str = ""
    row: str = ""
    column: str = ""
    act: int | None = None
    stream: str = ""
    seal: int | None = None
    seconds: int | None = None

    @property
    def is_notice(self) -> bool:
        """Whether this is told without making the verification fail."""
        return self.kind in NOTICES


@dataclass
class Report:
    """The whole outcome. `counts` says how much was looked at, `unanchored` what nothing outside can speak for."""

    findings: list[Finding] = field(default_factory=list)
    notices: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    with_state: bool = False
    oldest_unsealed: datetime | None = None
    unsealed: int = 0
    seals_not_outside: int = 0
    rows_not_outside: int = 0
    outside: list[str] = field(default_factory=list)
    unprovable: list[str] = field(default_factory=list)
    _known: set[Finding] = field(default_factory=set)

    @property
    def failed(self) -> bool:
        """Whether something is wrong."""
        return any(not finding.is_notice for finding in self.findings)

    def add(self, finding: Finding, *, most_notices: int = 20) -> None:
        """Keep a finding once; of each kind of notice the first ones, the others are counted."""
        if finding.is_notice:
            self.notices[finding.kind] += 1
            if self.notices[finding.kind] > most_notices:
                return
        if finding in self._known:
            return
        self._known.add(finding)
        self.findings.append(finding)

    def take(self, other: "Report") -> None:
        """Take in what another part of the verification found and counted, in its order, after one's own."""
        notices = self.notices + other.notices
        for finding in other.findings:
            self.add(finding)
        self.notices = notices
        self.counts.update(other.counts)
        self.unsealed += other.unsealed
        self.seals_not_outside += other.seals_not_outside
        self.rows_not_outside += other.rows_not_outside
        self.unprovable += other.unprovable
        oldest = [moment for moment in (self.oldest_unsealed, other.oldest_unsealed) if moment]
        self.oldest_unsealed = min(oldest, default=None)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "failed": self.failed,
            "findings": [asdict(finding) for finding in self.findings],
            "notices": dict(self.notices),
            "counts": dict(self.counts),
            "with_state": self.with_state,
            "unsealed": self.unsealed,
            "oldest_unsealed": self.oldest_unsealed and self.oldest_unsealed.isoformat(),
            "seals_not_outside": self.seals_not_outside,
            "rows_not_outside": self.rows_not_outside,
            "outside": self.outside,
            "unprovable": self.unprovable,
        }
