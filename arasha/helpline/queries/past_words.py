"""What cells of a table of past figures may say: codes and names in three languages."""

from collections.abc import Iterable, Mapping

from arasha.helpline.models import Reason
from arasha.helpline.rules import CHANNELS, KINDS
from arasha.helpline.rules.past_table import Known, folded
from arasha.kernel.territory.models import Territory
from arasha.ui.rules import CodeList


def known_words() -> Known:
    """Return what every column may hold."""
    return Known(
        region=_words(_regions()),
        channel=_words(_listed(CHANNELS)),
        kind=_words(_listed(KINDS)),
        reason=_words((row.code, (row.name_kk, row.name_ru, row.name_en)) for row in Reason.objects.all()),
    )


def regions() -> list[Territory]:
    """Return the regions that stand, in their codes' order."""
    return list(Territory.objects.filter(level=1, valid_to=None).order_by("kato"))


def _regions() -> Iterable[tuple[str, Iterable[str]]]:
    for row in Territory.objects.filter(level=1):
        yield row.pk, (row.name_kk, row.name_ru, row.name_en, row.pk[:2], f"KZ-{row.pk[:2]}")


def _listed(codes: CodeList) -> Iterable[tuple[str, Iterable[str]]]:
    for row in codes:
        yield row.code, (row.name_kk, row.name_ru, row.name_en)


def _words(rows: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, str]:
    """Return each code under itself and its names; a name that two codes bear stands for neither."""
    found: dict[str, str] = {}
    doubled: set[str] = set()
    for code, names in rows:
        for name in {folded(name) for name in (code, *names)}:
            if found.setdefault(name, code) != code:
                doubled.add(name)
    return {name: code for name, code in found.items() if name not in doubled}
