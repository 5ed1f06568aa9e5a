"""What kind of unit a row of the classifier is, told from its level and its Russian name."""

import re

from arasha.kernel.territory.rules.codes import NATION, REPUBLICAN_CITIES

# In the order of asking; the classifier writes these abbreviations with and without dots and blanks.
BY_NAME = (
    ("rural_okrug", re.compile(r"^с\.\s?о\.|\sс\.\s?о\.?$|сельский округ", re.IGNORECASE)),
    ("village_administration", re.compile(r"^с\.\s?а\.|\sс\.\s?а\.?$", re.IGNORECASE)),
    ("settlement_administration", re.compile(r"^п\.\s?а\.|\sп\.\s?а\.?$", re.IGNORECASE)),
    ("town_administration", re.compile(r"\sг\.\s?а\.?$", re.IGNORECASE)),
    ("city", re.compile(r"^г\.")),
    ("settlement", re.compile(r"^(п\.|пос\.)")),
    ("village", re.compile(r"^(с\.|а\.|аул\b)")),
)


def kind_of(kato: str, name_ru: str, level: int) -> str:
    """Return the kind's code (`data/kinds.csv`)."""
    if kato == NATION:
        return "nation"
    city = kato[:2] in REPUBLICAN_CITIES
    if level == 1:
        return "republican_city" if city else "region"
    if level == 2:
        if city:
            return "city_district"
        return "city_administration" if re.search(r"Г\.\s?А\.?$", name_ru) else "district"
    for kind, pattern in BY_NAME:
        if pattern.search(name_ru):
            return kind
    return "intra_city_district" if "район" in name_ru.lower() or "р.а." in name_ru else "place"
