"""Public holidays of years that the calendar's table does not hold, computed by the `holidays` package.

The package knows the law's rule (a state holiday on a weekend moves to the next working day) and estimates
Kurban-ait. The Government's own swaps of working days for coming years are unknowable; therefore whoever uses these
days marks them as estimated.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

import holidays

Names = tuple[str, str, str]
Computed = tuple[str, Names, date | None]


class YearUnknown(ValueError):
    """No rule for this year's holidays is known (the law of 13 December 2001 is the first that is)."""


NAMES: dict[str, Names] = {
    "New Year's Day": ("Жаңа жыл", "Новый год", "New Year"),
    "Orthodox Christmas": ("Православиелік Рождество", "Православное Рождество", "Orthodox Christmas"),
    "International Women's Day": (
        "Халықаралық әйелдер күні",
        "Международный женский день",
        "International Women’s Day",
    ),
    "Nowruz Holiday": ("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
    "Kazakhstan's People Solidarity Holiday": (
        "Қазақстан халқының бірлігі мерекесі",
        "Праздник единства народа Казахстана",
        "Day of Unity of the People of Kazakhstan",
    ),
    "Defender of the Fatherland Day": (
        "Отан қорғаушы күні",
        "День защитника Отечества",
        "Defender of the Fatherland Day",
    ),
    "Victory Day": ("Жеңіс күні", "День Победы", "Victory Day"),
    "Eid al-Adha": ("Құрбан айт", "Курбан-айт", "Kurban-ait"),
    "Capital Day": ("Астана күні", "День столицы", "Capital Day"),
    "Constitution Day": (
        "Қазақстан Республикасының Конституциясы күні",
        "День Конституции Республики Казахстан",
        "Constitution Day",
    ),
    "Republic Day": ("Республика күні", "День Республики", "Republic Day"),
    "Independence Day": ("Тәуелсіздік күні", "День Независимости", "Independence Day"),
    "First President Day": ("Тұңғыш Президент күні", "День Первого Президента", "First President Day"),
}
SWAPPED_OFF: Names = ("Демалыс күні ауыстырылды", "Перенос выходного дня", "Day off moved")
SWAPPED_IN: Names = ("Жұмыс күні ауыстырылды", "Перенос рабочего дня", "Working day moved")
# The law moves neither of these when they fall on a weekend.
NEVER_MOVED = ("Orthodox Christmas", "Eid al-Adha")
FIRST_YEAR, LAST_YEAR = 2002, 2100


@lru_cache(maxsize=128)
def computed_year(year: int) -> dict[date, Computed]:
    """Return the year's special days: (kind, names in kk, ru, en, the day it stands for). Raises YearUnknown."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearUnknown(f"no holidays are known for {year}; known are {FIRST_YEAR} to {LAST_YEAR}")
    days: dict[date, Computed] = {}
    waiting: list[date] = []
    for day, name in sorted(holidays.country_holidays("KZ", years=year, language="en_US").items()):
        plain = name.split(" (")[0].split(";")[0]
        names = NAMES.get(plain, (plain, plain, plain))
        if "(substituted from" in name:
            other = datetime.strptime(name.split("from ")[1].rstrip(")"), "%m/%d/%Y").replace(tzinfo=UTC).date()
            days[day] = ("moved_off", SWAPPED_OFF, other)
            days[other] = ("moved_working", SWAPPED_IN, day)
        elif "(observed" in name:
            days[day] = ("moved_off", names, waiting.pop(0) if waiting else None)
        else:
            days[day] = ("holiday", names, None)
            if day.weekday() >= 5 and plain not in NEVER_MOVED:
                waiting.append(day)
    return {day: entry for day, entry in days.items() if day.year == year}
