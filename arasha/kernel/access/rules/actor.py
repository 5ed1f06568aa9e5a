"""Who is acting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in this transaction, as the database derived it from the session; actions take it as `actor`."""

    kind: Literal["user", "system", "account"]
    user_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    body_id: int | None = None
    functions: frozenset[str] = frozenset()
    territory: str = ""
    reads: int = 0
    writes: int = 0
    scope: str = ""
    purpose: str = ""
    moment: datetime | None = None
    glass: tuple[UUID, ...] = ()
    account_id: int | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def is_system(self) -> bool:
        """Whether this is clock-driven work, not a person."""
        return self.kind == "system"

    @property
    def acts_for_unit(self) -> bool:
        """Whether somebody acts for a unit: a person in a post of it, or the account of a system that belongs to it."""
        return self.post_id is not None or self.account_id is not None

    @classmethod
    def from_context(cls, context: dict[str, Any]) -> "Actor":
        """Build the actor from the context that the transaction entered, as the database returned it."""
        functions = context["functions"].strip("{}")
        scopes = context.get("scopes", "{}").strip("{}")
        glass = context["glass"].strip("{}")
        return cls(
            kind=context["kind"],
            user_id=context.get("user"),
            post_id=context.get("post"),
            unit_id=context.get("unit"),
            body_id=context.get("body"),
            functions=frozenset(functions.split(",")) if functions else frozenset(),
            territory=context["territory"],
            reads=context["reads"],
            writes=context["writes"],
            scope=context["scope"],
            purpose=context["purpose"],
            glass=tuple(UUID(dossier) for dossier in glass.split(",")) if glass else (),
            moment=datetime.fromisoformat(context["moment"]),
            account_id=context.get("account"),
            scopes=frozenset(scopes.split(",")) if scopes else frozenset(),
        )
