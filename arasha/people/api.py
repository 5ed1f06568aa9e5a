"""The door of registers for other systems: rows of a register that the account's unit keeps, an answer for each.

The account learns what became of its own rows in its own register, and nothing of anybody else's: whether a child is
known elsewhere is found out afterwards, by the worker, and stands in no answer.
"""

from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, create_model

from arasha.kernel.access import policy as access
from arasha.kernel.exchange.api import Answer, ApiRequest, Body, Endpoints, text
from arasha.kernel.exchange.rules import WRITE_REGISTERS, Problem
from arasha.people import actions
from arasha.people.queries.registers import registers
from arasha.people.rules.imports import Field as Named

router = Endpoints(tags=["registers"])
SAID: Final = {
    "birth_date": "2014-12-31, or as the register writes it, the day first",
    "birth_year": "Where the day is not known",
    "iin": "A wrong number makes a warning; the row is taken",
    "territory": "KATO code or the name of the place",
    "source_key": "Your own number of the person: by it the row is known again",
}
RESULTS: Final = {"new": "new", "same": "unchanged", "changed": "changed", "rejected": "rejected"}
Row = create_model(
    "RegisterRow",
    __base__=Body,
    __doc__="What a register says of one person; what is not said ends nothing that was said before.",
    **{  # type: ignore[call-overload]  # fields by name
        named.value: (text(1_000), Field("", description=SAID.get(named.value))) for named in Named
    },
)


class Rows(Body):
    """Rows of a register."""

    rows: Annotated[list[Row], Field(min_length=1, max_length=actions.AT_ONCE)]  # type: ignore[valid-type]


class Fault(Answer):
    """What is wrong in a row."""

    field: str = Field(description="The field, empty for the row as a whole")
    code: str = Field(description="See the code list `import_faults`")


class RowResult(Answer):
    """What became of one row, in the order in which the rows came."""

    result: str = Field(description="new, unchanged, changed or rejected")
    faults: list[Fault] = Field(description="Why it was rejected; else warnings")


class Results(Answer):
    """What became of the rows."""

    results: list[RowResult]


class RegisterShape(Answer):
    """A register of your unit."""

    id: UUID
    called: str
    kind: str = Field(description="See the code list `register_kinds`")


class Registers(Answer):
    """The registers of your unit."""

    items: list[RegisterShape]


@router.get("/registers", response=Registers, summary="The registers of your unit")
@access.api(WRITE_REGISTERS)
def list_registers(request: ApiRequest) -> dict[str, Any]:
    """List the registers into which you may send rows."""
    found = registers(request.actor)
    return {"items": [{"id": row.pk, "called": row.called, "kind": row.kind} for row in found]}


@router.post("/registers/{uuid:source}/rows", response=Results, summary="Send rows of a register")
@access.api(WRITE_REGISTERS)
def send_rows(request: ApiRequest, source: UUID, said: Rows) -> dict[str, Any]:
    """Load up to a thousand rows at once: each is taken or rejected by itself, with the reasons.

    Sent again, a row is `unchanged`. While a file of the register is being loaded the answer is 409: repeat it later.
    """
    rows = [{named: getattr(row, named.value) for named in Named} for row in said.rows]
    try:
        sent = actions.send_rows(actor=request.actor, source=source, rows=rows, now=request.now)
    except actions.RegisterNotThere:
        raise Problem("not_found") from None
    except actions.LoadNotReady:
        raise Problem("conflict") from None
    return {
        "results": [
            {
                "result": RESULTS[one.outcome],
                "faults": [{"field": field, "code": code} for field, code in one.faults],
            }
            for one in sent
        ]
    }
