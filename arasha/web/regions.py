"""The plan of three whole regions: every body that a region and each of its districts has, written out from a table.

A room of `web` alone, beside `demonstration`: it makes plans as `actions.make_district` takes them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from arasha.kernel.territory.models import Territory
from arasha.web.actions import LANGUAGES

LOGINS = {
    "610000000": "turkistan",
    "470000000": "mangystau",
    "620000000": "ulytau",
}


def whole(district: Mapping[str, Any], regions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the district's plan with the regions' bodies behind it; a body that stands there already is kept."""
    bodies = [dict(body) for body in district["bodies"]]
    for added in regions["beside"]:
        for unit in (unit for body in bodies for unit in body["units"] if unit["code"] == added["unit"]):
            unit["posts"] = [*unit["posts"], added["post"]]
    codes = {
        (body["territory"], function): unit["code"]
        for body in bodies
        for unit in body["units"]
        for function in unit["functions"]
    }
    missing = {(row["territory"], row["function"]) for row in regions["missing"]}
    for region in Territory.objects.filter(kato__in=regions["regions"]).order_by("kato"):
        bodies.extend(_of_region(region, regions, codes, missing))
    bodies.extend(regions["national"])
    return {"bodies": bodies}


def _of_region(
    region: Territory,
    plan: Mapping[str, Any],
    codes: dict[tuple[str, str], str],
    missing: set[tuple[str, str]],
) -> Iterator[dict[str, Any]]:
    """Yield the bodies of a region and of its districts; `codes` is added to, so that parents are found."""
    level = plan["level"]
    people = dict(zip(_functions(level), plan["people"][region.kato], strict=True))
    districts = Territory.objects.filter(parent=region, level=2).order_by("kato")
    for name, places in (("region", [region]), ("district", list(districts))):
        for place in places:
            for office in level[name]:
                at = (place.kato, office["function"])
                if at in codes or at in missing:
                    continue
                codes[at] = f"{office['function'].replace('_', '-')}-{place.kato[:6]}"
                yield _body(office, place, codes, people[office["function"]])


def _functions(level: Mapping[str, Any]) -> list[str]:
    return [office["function"] for name in ("region", "district") for office in level[name]]


def _body(
    office: Mapping[str, Any], place: Territory, codes: Mapping[tuple[str, str], str], person: str
) -> dict[str, Any]:
    region = place.kato[:2] + "0000000"
    names = {language: office["name"][language].format(place=place.name(language)) for language in LANGUAGES}
    login = f"{LOGINS[region]}-{office['function'].replace('_', '-')}"
    unit: dict[str, Any] = {
        "code": codes[place.kato, office["function"]],
        "name": names,
        "functions": [office["function"]],
        "hours": office["hours"],
        "posts": [{"login": login, "person": person, "title": office["title"]}],
    }
    if "parent" in office:
        unit["parent"] = office["parent"]
    elif "under" in office:
        unit["parent"] = codes[region, office["under"]]
    return {
        "code": f"body-{unit['code']}",
        "sector": office["sector"],
        "kind": office["kind"],
        "territory": place.kato,
        "name": names,
        "units": [unit],
    }
