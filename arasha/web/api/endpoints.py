"""Who am I, and what the codes mean: endpoints that no folder below could give alone."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from arasha.kernel.access import policy as access
from arasha.kernel.access.models import Function
from arasha.kernel.exchange import queries
from arasha.kernel.exchange.api import Answer, ApiRequest, Endpoints
from arasha.kernel.exchange.rules import Problem
from arasha.obligations import rules as obligations
from arasha.people import rules as people
from arasha.people.rules.imports import row_faults
from arasha.services import rules as services
from arasha.signals import rules as signals
from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).resolve().parents[1] / "data"
LANGUAGES: Final = ("kk", "ru", "en")
own = Endpoints(tags=["account"])
codes = Endpoints(tags=["codes"])


class Me(Answer):
    """Whose account this is and what it may do."""

    account: int
    name: str
    unit: str
    body: str
    territory: str
    functions: list[str]
    scopes: list[str]


class Code(Answer):
    """A code with its labels."""

    code: str
    kk: str
    ru: str
    en: str


class Codes(Answer):
    """A list of codes; `version` is another one whenever the list is."""

    name: str
    version: str
    codes: list[Code]


LISTS: dict[str, CodeList] = {
    "concerns": signals.CONCERNS,
    "answers": signals.ANSWERS,
    "sexes": signals.SEXES,
    "ways": signals.WAYS,
    "workplaces": signals.WORKPLACES,
    "body_regions": signals.REGIONS,
    "injury_kinds": signals.KINDS,
    "colours": signals.COLOURS,
    "reasons": obligations.REASONS,
    "obligation_states": CodeList(DATA / "obligation_states.csv"),
    "rung_outcomes": CodeList(DATA / "rung_outcomes.csv"),
    "signal_states": CodeList(DATA / "signal_states.csv"),
    "register_kinds": people.REGISTERS,
    "needs": services.NEEDS,
    "provider_kinds": services.KINDS,
    "conditions": services.CONDITIONS,
    "findings": services.FINDINGS,
    "standings": services.STANDINGS,
}
FUNCTIONS = "functions"
IMPORT_FAULTS = "import_faults"


@own.get("/me", response=Me, summary="Whose account this is")
@access.api("")
def me(request: ApiRequest) -> dict[str, Any]:
    """Tell which unit the account acts for, with which functions and scopes."""
    found = queries.own_account(request.actor)
    if found is None:
        raise Problem("not_found")
    return {
        "account": found.pk,
        "name": found.name,
        "unit": found.unit.name,
        "body": found.unit.body.name,
        "territory": found.unit.territory_id,
        "functions": sorted(request.actor.functions),
        "scopes": sorted(request.actor.scopes),
    }


@codes.get("/code-lists/{name}", response=Codes, summary="Codes and their labels")
@access.api("")
def code_list(request: ApiRequest, name: str) -> dict[str, Any]:
    """Read a list of codes with labels in Kazakh, Russian and English."""
    if name == FUNCTIONS:
        rows = Function.objects.order_by("code").values_list("code", "label_kk", "label_ru", "label_en")
        found = [{"code": code, **dict(zip(LANGUAGES, labels, strict=True))} for code, *labels in rows]
    elif name == IMPORT_FAULTS:
        found = [{"code": code, **labels} for code, labels in row_faults().items()]
    elif name in LISTS:
        found = [{"code": row.code, **{tongue: row.label(tongue) for tongue in LANGUAGES}} for row in LISTS[name]]
    else:
        raise Problem("not_found")
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return {"name": name, "version": digest[:16], "codes": found}
