"""Who stands in which row: parents above their children, couples and brothers and sisters beside each other."""

from collections.abc import Iterable, Sequence

from arasha.people.rules.family import Family, line_of, shape_of, up


class Generations:
    """Persons in groups of one row, and which group stands above which; a wish that contradicts is passed over."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._group = {key: key for key in keys}
        self._edges: list[tuple[str, str, int]] = []

    def put_above(self, one: str, other: str, by: int) -> None:
        """Let one stand at least so many rows above the other, unless they are of one row or the other way round."""
        if self._root(one) != self._root(other) and not self._reaches(other, one):
            self._edges.append((one, other, by))

    def put_beside(self, one: str, other: str) -> None:
        """Let both stand in one row, unless one of them already stands above the other."""
        if not self._reaches(one, other) and not self._reaches(other, one):
            self._group[self._root(other)] = self._root(one)

    def rows(self) -> dict[str, int]:
        """Return each person's row; whoever could stand higher stands right above the first below them."""
        edges = [(self._root(one), self._root(other), by) for one, other, by in self._edges]
        row = dict.fromkeys((self._root(key) for key in self._group), 0)
        changed = True
        while changed:
            changed = False
            for one, other, by in edges:
                if row[other] < row[one] + by:
                    row[other], changed = row[one] + by, True
        for group in sorted(row, key=lambda group: -row[group]):
            lower = [row[other] - by for one, other, by in edges if one == group]
            row[group] = max(row[group], min(lower, default=0))
        return {key: row[self._root(key)] for key in self._group}

    def _root(self, key: str) -> str:
        while self._group[key] != key:
            key = self._group[key]
        return key

    def _reaches(self, one: str, other: str) -> bool:
        below: dict[str, set[str]] = {}
        for upper, lower, _by in self._edges:
            below.setdefault(self._root(upper), set()).add(self._root(lower))
        found: set[str] = set()
        waiting = [self._root(one)]
        while waiting:
            here = waiting.pop()
            for lower in below.get(here, ()):
                if lower not in found:
                    found.add(lower)
                    waiting.append(lower)
        return self._root(other) in found


def rows_of(found: Family, couples: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the row of every member, counted from above, over all parts of the family."""
    rows = Generations(found.members)
    for tie in found.ties:
        if shape_of(tie) == "parent" and line_of(tie) == "birth":
            rows.put_above(tie.one, tie.other, 1)
    for one, other in couples:
        rows.put_beside(one, other)
    eldest: dict[str, str] = {}
    for tie in found.ties:
        if shape_of(tie) == "parent" and line_of(tie) == "birth":
            rows.put_beside(eldest.setdefault(tie.one, tie.other), tie.other)
    for tie in found.ties:
        if shape_of(tie) == "sibling":
            rows.put_beside(tie.one, tie.other)
    for tie in found.ties:
        if shape_of(tie) == "kin" and up(tie):
            rows.put_above(tie.one, tie.other, up(tie))
        elif shape_of(tie) == "kin":
            rows.put_beside(tie.one, tie.other)
    for tie in found.ties:
        if shape_of(tie) == "parent":
            rows.put_above(tie.one, tie.other, 1)
    return rows.rows()
