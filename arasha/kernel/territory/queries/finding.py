"""Finding a unit by the beginning of its name, in any of the three scripts."""

from datetime import date

from django.db.models import Q

from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries.tree import valid_on, within
from arasha.kernel.territory.rules import alphabetical, fold

MOST = 50


def search(
    prefix: str, *, at: date | None = None, levels: tuple[int, ...] = (), below: str = "", limit: int = 20
) -> list[Territory]:
    """Return units whose name begins so, the larger first, then by alphabet; at most 50.

    The beginning may be typed in Kazakh, Russian or Latin letters; Қ and к are the same. `below` keeps to one unit's
    inside. A nine-digit code finds its unit. An empty beginning finds nothing.
    """
    begins = fold(prefix)
    if not begins:
        return []
    units = within(below, at) if below else Territory.objects.filter(valid_on(at))
    if levels:
        units = units.filter(level__in=levels)
    names = Q(folded_kk__startswith=begins) | Q(folded_ru__startswith=begins) | Q(folded_en__startswith=begins)
    found = units.filter(names | Q(kato=prefix.strip())).order_by("level", "folded_ru", "kato")
    return sorted(found[: min(limit, MOST)], key=lambda unit: (unit.level, alphabetical(unit.name("kk"))))
