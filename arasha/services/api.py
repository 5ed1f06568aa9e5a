"""The door of the directory for other systems: what anybody may find, an offering, the package of services.

Of a protected offering an answer holds a telephone, a region and what it does, never who runs it, as everywhere.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from ninja import Query
from pydantic import Field

from arasha.kernel.access import policy as access
from arasha.kernel.exchange.api import Answer, ApiRequest, Asked, Endpoints, code_of, text
from arasha.kernel.exchange.rules import READ_DIRECTORY, CursorInvalid, Problem, open_cursor, seal_cursor
from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.rules import local
from arasha.services import queries
from arasha.services.queries import Found, Wanted
from arasha.services.rules import KINDS, LANGUAGES, NEEDS, SEXES, STANDINGS, package

router = Endpoints(tags=["directory"])
MOST: Final = 100
OLDEST: Final = 120
SEX: Final = [code.code for code in SEXES if code.code != "all"]


def _codes(codes: Any) -> Any:
    return code_of(["", *(code.code for code in codes)])


class OfferingsAsked(Asked):
    """What is looked for; what is left out does not matter."""

    place: text(9) = Field("", description="KATO code; the nearest come first")  # type: ignore[valid-type]
    need: _codes(NEEDS) = Field("", description="See the code list `needs`")  # type: ignore[valid-type]
    service: text(60) = Field("", description="A code of `/directory/package`")  # type: ignore[valid-type]
    kind: _codes(KINDS) = ""  # type: ignore[valid-type]
    age: int | None = Field(None, ge=0, le=OLDEST, description="Whole years")
    sex: code_of(["", *SEX]) = ""  # type: ignore[valid-type]
    language: _codes(LANGUAGES) = ""  # type: ignore[valid-type]
    words: text(100) = Field("", description="A part of a name")  # type: ignore[valid-type]
    standing: _codes(STANDINGS) = Field("open", description="open, paused, closed, planned or ended; empty: all")  # type: ignore[valid-type]
    limit: int = Field(50, ge=1, le=MOST)
    cursor: text(200) = Field("", description="`next` of the page before")  # type: ignore[valid-type]


class Names(Answer):
    """A name in Kazakh, Russian and English; a language may lack."""

    kk: str
    ru: str
    en: str


class OfferingShape(Answer):
    """An offering. A protected one has no provider, name, address, mail or web page; its territory is a region."""

    id: UUID
    site: UUID
    provider: UUID | None
    protected: bool
    kind: str
    service: str
    level: str
    name: Names
    territory: str = Field(description="KATO code")
    address: Names
    latitude: float | None
    longitude: float | None
    phone: str
    mail: str
    web: str
    around_the_clock: bool
    hours: list[tuple[int, str, str]] = Field(description="Weekday from 0 (Monday), opens, closes; UTC+5")
    step_free: str
    age_from: int
    age_to: int
    sexes: str
    siblings: str
    with_parent: str
    son_to: int | None
    languages: list[str]
    needs: list[str]
    conditions: list[str]
    served: list[str] = Field(description="KATO codes of the territories whose children it takes")
    cost: str
    price: int | None = Field(description="Tenge")
    remote: bool
    begins_on: date | None
    ends_on: date | None
    verified_on: date | None
    standing: str
    stale: bool = Field(description="Nobody has asked there for six months")
    findings: list[str] = Field(description="What the way in which it takes children costs them")


class OfferingsPage(Answer):
    """A page of offerings, the nearest first."""

    items: list[OfferingShape]
    next: str = Field(description="The mark of the next page, empty at the end")


class PackageService(Answer):
    """A service of the package as it counts today. It is a working list; nobody has verified it as law."""

    code: str
    name: Names
    level: str
    group: str
    kinds: list[str]
    norm: int | None
    norm_per: str
    verified: bool


class Package(Answer):
    """The package of services."""

    items: list[PackageService]


@router.get("/directory/offerings", response=OfferingsPage, summary="Find help")
@access.api(READ_DIRECTORY)
def find_offerings(request: ApiRequest, asked: Query[OfferingsAsked]) -> dict[str, Any]:
    """Find what fits, the nearest first, as everybody finds it."""
    OfferingsAsked.known(request)
    if asked.place and territory(asked.place) is None:
        raise Problem("not_found")
    about = f"{request.actor.account_id}|offerings|{asked.model_dump_json(exclude={'cursor', 'limit'})}"
    given = _given(asked.cursor, about)
    rows = queries.every(_wanted(asked), now=request.now, limit=asked.limit + 1, offset=given)
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    # the number of rows that were given stands where a row's id stands in other lists' marks
    mark = (
        seal_cursor(settings.SECRET_KEY, at=request.now, row=UUID(int=given + len(rows)), about=about) if more else ""
    )
    return {"items": [_shape(row) for row in rows], "next": mark}


@router.get("/directory/offerings/{uuid:offering}", response=OfferingShape, summary="One offering")
@access.api(READ_DIRECTORY)
def read_offering(request: ApiRequest, offering: UUID) -> dict[str, Any]:
    """Read one offering as everybody may know it, also when it is closed."""
    found = queries.shown(offering, now=request.now)
    if found is None:
        raise Problem("not_found")
    return _shape(found)


@router.get("/directory/package", response=Package, summary="The package of services")
@access.api(READ_DIRECTORY)
def read_package(request: ApiRequest) -> dict[str, Any]:
    """Read which services stand in the package today."""
    found = package(local(request.now).date()).values()
    own = ("code", "level", "group", "norm", "norm_per")
    return {
        "items": [
            {name: getattr(row, name) for name in own}
            | {"name": row.names, "kinds": list(row.kinds), "verified": bool(row.verified_by)}
            for row in found
        ]
    }


def _wanted(asked: OfferingsAsked) -> Wanted:
    many = {"needs": asked.need, "services": asked.service, "kinds": asked.kind, "languages": asked.language}
    said: dict[str, Any] = {name: (code,) for name, code in many.items() if code}
    standings = (asked.standing,) if asked.standing else ()
    return Wanted(place=asked.place, age=asked.age, sex=asked.sex, words=asked.words, standings=standings, **said)


def _given(cursor: str, about: str) -> int:
    if not cursor:
        return 0
    try:
        return open_cursor(settings.SECRET_KEY, cursor, about=about)[1].int
    except CursorInvalid:
        raise Problem("cursor_invalid") from None


def _shape(row: Found) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in OfferingShape.model_fields if hasattr(row, name)}
    name = {"kk": row.name_kk, "ru": row.name_ru, "en": row.name_en}
    address = {"kk": row.address_kk, "ru": row.address_ru, "en": ""}
    return own | {"id": row.offering, "name": name, "address": address}
