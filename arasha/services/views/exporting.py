"""The directory as a file: what one finds, or what one keeps; no cell that a spreadsheet would run."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may, signed_in
from arasha.services import actions, queries
from arasha.services.policy import KEEP
from arasha.services.queries import Found, Wanted
from arasha.services.queries.exchange import kept
from arasha.services.rules.exchange import headings, texts
from arasha.ui.rules import sheets

MOST = 30_000
MANY = {"needs": "need", "services": "service", "kinds": "kind", "languages": "speaks", "standings": "standing"}
OLDEST = 120


@signed_in
@require_safe
def found(request: StaffRequest, kind: str) -> HttpResponse:
    """Give what fits the filters of the address: of what is protected a telephone and a region alone."""
    if request.actor.unit_id is None:
        raise Http404
    rows = queries.every(asked(request.GET), now=request.now, limit=MOST)
    return _file(request, kind, "help", [texts(_found(row)) for row in rows])


@may(KEEP)
@require_safe
def own(request: StaffRequest, kind: str) -> HttpResponse:
    """Give the entries that one keeps, whole: changed and handed in again, they change the same entries."""
    return _file(request, kind, "directory", [texts(_kept(row)) for row in kept(request.actor)])


def asked(said: QueryDict) -> Wanted:
    """Return what an address asks for: place, need, service, kind, age, sex, speaks, words, standing.

    What can't be an answer is left out, as on the finder's own page.
    """
    many: dict[str, Any] = {
        name: tuple(map(_plain, said.getlist(key))) for name, key in MANY.items() if said.getlist(key)
    }
    age = said.get("age", "")
    return Wanted(
        place=_plain(said.get("place", "")),
        age=int(age) if age.isascii() and age.isdigit() and len(age) <= 3 and int(age) <= OLDEST else None,
        sex=_plain(said.get("sex", "")),
        words=_plain(said.get("words", "")),
        remote=bool(said.get("remote")),
        **many,
    )


def _plain(text: str) -> str:
    """Return what was asked in so many letters as a question has, without the sign that no database takes."""
    return text[:100].replace("\x00", "")


def _file(request: StaffRequest, kind: str, name: str, rows: list[list[str]]) -> HttpResponse:
    if kind not in sheets.KINDS:
        raise Http404
    actions.record_export(actor=request.actor, rows=len(rows), now=request.now)
    content = sheets.write([headings(get_language() or "kk"), *rows], kind=kind, title=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=sheets.KINDS[kind], headers=headers)


def _found(row: Found) -> dict[str, Any]:
    """Return an offering by column; a protected one has no provider, no name and no number by which it comes again."""
    shown = {name: getattr(row, name) for name in row.__dataclass_fields__}
    names = {f"site_{name}": shown[name] for name in ("name_kk", "name_ru", "name_en")}
    keys = {"provider_key": row.provider, "site_key": row.site, "offering_key": row.offering}
    return shown | names | ({} if row.protected else keys) | {"status": row.standing}


def _kept(row: Any) -> dict[str, Any]:
    site, provider = row.site, row.site.provider
    body = provider.body
    said: dict[str, Any] = {}
    for one in (provider, site, row):
        said |= {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    said |= {f"provider_{name}": getattr(body, name) for name in ("name_kk", "name_ru", "name_en")}
    said |= {f"site_{name}": getattr(site, name) for name in ("name_kk", "name_ru", "name_en")}
    said |= {"provider_key": provider.pk, "site_key": site.pk, "offering_key": row.pk, "protected": site.protected}
    return said | {"territory": site.territory_id, "provider_territory": body.territory_id}
