"""The directory as open data by the Human Services Data Specification (Open Referral, HSDS 3.2). No database, no clock.

Field names and what must be there: https://docs.openreferral.org/en/latest/hsds/schema_reference.html, read on
2026-11-27. Each offering is a service at one location; a text is Kazakh, its alternate Russian.
"""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final
from uuid import UUID, uuid5

import jsonschema

from arasha.kernel.territory.rules import district_code, region_code
from arasha.services.rules.lists import CONDITIONS, KINDS, LANGUAGES, NEEDS, OWNERSHIPS
from arasha.services.rules.package import FILE, read_package

VERSION: Final = "3.2"
PROFILE: Final = "https://docs.openreferral.org/en/3.2/hsds/"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUS: Final = {"open": "active", "paused": "temporarily closed", "planned": "inactive"}
OFFSET: Final = "+05:00"
Names = Mapping[str, tuple[str, str, str]]


class NotValid(ValueError):
    """The data do not keep to the specification; says where, never what."""


def service(row: Any, places: Names) -> dict[str, Any]:
    """Return one offering (`queries.Found`) as a service with its organisation, place, telephone and hours.

    `places`: names and path of regions and districts by code. A protected one has no place in open data: whoever
    keeps two days' files would learn from what changed between them. Raises ValueError for one.
    """
    if row.protected:
        raise ValueError("a protected offering is no open data")
    named = {each.code: each for each in read_package(FILE)}[row.service]
    found = {
        "id": str(row.offering),
        "name": named.names["kk"],
        "alternate_name": named.names["ru"],
        "url": row.web,
        "email": row.mail,
        "status": STATUS[row.standing],
        "eligibility_description": "; ".join(CONDITIONS[code].label("kk") for code in row.conditions),
        "minimum_age": row.age_from,
        "maximum_age": row.age_to,
        "assured_date": row.verified_on.isoformat() if row.verified_on else "",
        "organization": _organization(row),
        "phones": _phones(row),
        "schedules": _schedules(row),
        "languages": [
            {"id": _id(row.offering, "language", code), "name": LANGUAGES[code].label("en"), "code": code}
            for code in row.languages
        ],
        "cost_options": _costs(row),
        "service_areas": [_area(row, code, places) for code in row.served],
        "required_documents": _papers(row),
        "service_at_locations": [
            {"id": _id(row.offering, "at", str(row.site)), "location": _location(row, places)},
        ],
        "attributes": [_attribute(row, "need", code, NEEDS[code].label("kk")) for code in row.needs],
    }
    filled: dict[str, Any] = _filled(found)
    return filled


def _organization(row: Any) -> dict[str, Any]:
    names = [row.name_kk, row.name_ru, row.name_en]
    kind, ownership = KINDS[row.kind], OWNERSHIPS[row.ownership]
    return {
        "id": str(row.provider),
        "name": next(filter(None, names), ""),
        "alternate_name": row.name_ru,
        "description": kind.label("kk"),
        "legal_status": ownership.label("en"),
    }


def _location(row: Any, places: Names) -> dict[str, Any]:
    address = row.address_kk or row.address_ru
    region, district = region_code(row.territory) or "", district_code(row.territory) or ""
    return {
        "id": str(row.site),
        "location_type": "virtual" if row.remote and not address else "physical",
        "name": row.name_kk,
        "latitude": None if row.latitude is None else float(row.latitude),
        "longitude": None if row.longitude is None else float(row.longitude),
        "external_identifier": row.territory,
        "external_identifier_type": "KATO",
        "addresses": [
            {
                "id": _id(row.site, "address", ""),
                "address_1": address,
                "city": places.get(district, ("", "", ""))[0] or places.get(region, ("", "", ""))[0],
                "state_province": places.get(region, ("", "", ""))[0],
                "postal_code": "",
                "country": "KZ",
                "address_type": "physical",
            }
        ]
        if address
        else [],
        "accessibility": [{"id": _id(row.site, "step_free", ""), "description": "Step-free entrance"}]
        if row.step_free == "yes"
        else [],
    }


def _phones(row: Any) -> list[dict[str, Any]]:
    if not row.phone:
        return []
    number, _sign, extension = row.phone.partition(";ext=")
    phone: dict[str, Any] = {"id": _id(row.offering, "phone", ""), "number": number}
    return [phone | ({"extension": int(extension)} if extension else {})]


def _schedules(row: Any) -> list[dict[str, Any]]:
    always: list[Any] = [[day, "00:00", "23:59"] for day in range(7)]
    spans = always if row.around_the_clock else row.hours
    return [
        {
            "id": _id(row.offering, "schedule", f"{day} {opens}"),
            "freq": "WEEKLY",
            "byday": DAYS[int(day)],
            "opens_at": f"{opens}{OFFSET}",
            "closes_at": f"{closes}{OFFSET}",
        }
        for day, opens, closes in spans
    ]


def _costs(row: Any) -> list[dict[str, Any]]:
    if row.cost == "unknown":
        return []
    amount = 0 if row.cost == "free" else row.price
    return [{"id": _id(row.offering, "cost", ""), "option": row.cost, "amount": amount, "currency": "KZT"}]


def _area(row: Any, code: str, places: Names) -> dict[str, Any]:
    found = {"id": _id(row.offering, "area", code), "extent": f"KATO {code}", "extent_type": "text"}
    return found | {"name": places.get(code, ("", "", ""))[0]}


def _papers(row: Any) -> list[dict[str, Any]]:
    asked = [code for code in row.conditions if code in {"papers", "referral", "police_statement", "medical_tests"}]
    return [{"id": _id(row.offering, "paper", code), "document": CONDITIONS[code].label("kk")} for code in asked]


def _attribute(row: Any, what: str, code: str, label: str) -> dict[str, Any]:
    term = {"id": _id(UUID(int=0), what, code), "code": code, "name": label, "description": label}
    return {"id": _id(row.offering, what, code), "link_entity": "service", "value": code, "taxonomy_term": term}


def _id(of: UUID, what: str, code: str) -> str:
    return str(uuid5(of, f"{what}:{code}"))


def _filled(value: Any) -> Any:
    """Return data without what nobody has said; an empty text stays where the specification wants one."""
    if isinstance(value, dict):
        kept = {name: _filled(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", []) or name == "postal_code"}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def page(services: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return all services as the one page of a list, as the specification's interface gives it."""
    count = len(services)
    return {
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not count,
        "contents": list(services),
    }


def check(services: Sequence[dict[str, Any]]) -> None:
    """Raise NotValid, with the place of the first fault, unless each service keeps to the specification."""
    for place, one in enumerate(services):
        fault = next(CHECKED.iter_errors(one), None)
        if fault is not None:
            where = "/".join(str(part) for part in fault.absolute_path)
            raise NotValid(f"service {place}: {where}: {fault.validator}")
        for span in one.get("schedules", []):
            time.fromisoformat(span["opens_at"])


def _object(required: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _texts(names: str) -> dict[str, Any]:
    return {name: {"type": "string"} for name in names.split()}


def _many(kind: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": kind}


NUMBER: Final = {"type": "number"}
_PHONE: Final = _object("id number", _texts("id number type description") | {"extension": NUMBER})
_LOCATION: Final = _object(
    "id location_type",
    _texts("id name alternate_name description url external_identifier external_identifier_type")
    | {"location_type": {"enum": ["physical", "postal", "virtual"]}, "latitude": NUMBER, "longitude": NUMBER}
    | {
        "addresses": _many(
            _object(
                "id address_1 city state_province postal_code country address_type",
                _texts("id address_1 city region state_province postal_code")
                | {"country": {"type": "string", "pattern": "^[A-Z]{2}$"}}
                | {"address_type": {"enum": ["physical", "postal", "virtual"]}},
            )
        ),
        "accessibility": _many(_object("id", _texts("id description details url"))),
    },
)
_SERVICE: Final = _object(
    "id name status",
    _texts("id name alternate_name description url email eligibility_description assured_date")
    | {"status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]}}
    | {"minimum_age": NUMBER, "maximum_age": NUMBER}
    | {
        "organization": _object("id name description", _texts("id name alternate_name description legal_status")),
        "phones": _many(_PHONE),
        "schedules": _many(_object("id", _texts("id freq byday opens_at closes_at description"))),
        "languages": _many(_object("id", _texts("id name code note"))),
        "cost_options": _many(_object("id", _texts("id option currency amount_description") | {"amount": NUMBER})),
        "service_areas": _many(_object("id", _texts("id name description extent extent_type"))),
        "required_documents": _many(_object("id", _texts("id document uri"))),
        "service_at_locations": _many(_object("id", {"id": {"type": "string"}, "location": _LOCATION})),
        "attributes": _many(
            _object(
                "id",
                _texts("id link_entity value label")
                | {"taxonomy_term": _object("id name description", _texts("id code name description"))},
            )
        ),
    },
)
CHECKED: Final = jsonschema.Draft202012Validator(_SERVICE)
