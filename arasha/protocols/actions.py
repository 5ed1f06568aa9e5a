"""Publishing versions of procedures from their files."""

from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable

from django.db import transaction

from arasha.kernel.access.models import Function
from arasha.kernel.access.rules import Actor
from arasha.law.queries import known_keys
from arasha.protocols import policy, rules
from arasha.protocols.models import ProtocolVersion


def load_reference(*, actor: Actor, now: datetime, folder: Traversable | None = None, using: str = "owner") -> int:
    """Publish what the folder's procedures (default: the shipped ones) say and the database does not hold yet.

    All files or none. A file that says what its published version says makes nothing new.
    Returns how many versions were published.

    Raises:
        NotAllowed: the actor is not the installation.
        FaultyProtocol: a file can't be read, cites what does not exist, or changed without a new version number.
    """
    if not policy.may_publish(actor):
        raise policy.NotAllowed
    place = folder or resources.files("arasha.protocols") / "data"
    files = sorted((file for file in place.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    functions = frozenset(Function.objects.using(using).values_list("code", flat=True))
    acts = known_keys(using=using)
    published = 0
    with transaction.atomic(using=using):
        for file in files:
            source = rules.read(file.read_text(encoding="utf-8"), file.name)
            rules.check_references(source, functions=functions, acts=acts)
            published += _publish(source, now, using)
    return published


def _publish(source: rules.Source, now: datetime, using: str) -> bool:
    protocol, digest = rules.Protocol.from_content(source.content), rules.canonical(source.content)
    known = dict(ProtocolVersion.objects.using(using).filter(code=protocol.code).values_list("number", "sha256"))
    if known.get(protocol.version) == digest:
        return False
    if protocol.version in known:
        raise source.fault(
            ("version",),
            f"version {protocol.version} is published and says something else; give the change a new number",
        )
    if known and protocol.version < max(known):
        raise source.fault(("version",), f"version {max(known)} is published already; a new text needs a higher number")
    ProtocolVersion.objects.using(using).create(
        code=protocol.code,
        number=protocol.version,
        event=protocol.event,
        valid_from=protocol.valid_from,
        valid_to=protocol.valid_to,
        verified_by=protocol.verified_by,
        content=source.content,
        sha256=digest,
        published_at=now,
    )
    return True
