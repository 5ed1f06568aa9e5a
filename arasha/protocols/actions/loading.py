"""Publishing versions of procedures from their files."""

import logging
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable

from django.db import transaction

from arasha.kernel.access.models import Function
from arasha.kernel.access.rules import Actor
from arasha.law.queries import known_keys
from arasha.protocols import policy, rules
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.rules.standing import DECLARED

log = logging.getLogger(__name__)


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
    sources = [rules.read(file.read_text(encoding="utf-8"), file.name) for file in files]
    for source in sources:
        rules.check_references(source, functions=functions, acts=acts)
    # A procedure's versions may stand in several files: the older ones first, whatever the files are called.
    sources.sort(key=lambda source: (source.content["protocol"], source.content["version"]))
    with transaction.atomic(using=using):
        return sum(_publish(source, now, using) for source in sources)


def _publish(source: rules.Source, now: datetime, using: str) -> bool:
    new = _row(source, now)
    known = {row.number: row for row in ProtocolVersion.objects.using(using).filter(code=new.code).defer("content")}
    same = known.get(new.number)
    if same is not None and same.sha256 == new.sha256:
        return False
    if any(row.author_id is not None for row in known.values()):
        return _propose(new, max(known), using)
    if same is not None:
        raise source.fault(
            ("version",), f"version {new.number} is published and says something else; give the change a new number"
        )
    if known and new.number < max(known):
        raise source.fault(("version",), f"version {max(known)} is published already; a new text needs a higher number")
    new.save(using=using, force_insert=True)
    return True


def _propose(new: ProtocolVersion, highest: int, using: str) -> bool:
    """Offer a release's text of a procedure that people of this installation write themselves: a draft, if it can be.

    A release never overrules who took a procedure into their own hands, and never fails because of them.
    """
    if new.number <= highest:
        log.warning("a shipped procedure was left out: its number is taken here")
        return False
    new.declared = DECLARED[1]
    new.save(using=using, force_insert=True)
    return True


def _row(source: rules.Source, now: datetime) -> ProtocolVersion:
    protocol = rules.Protocol.from_content(source.content)
    return ProtocolVersion(
        code=protocol.code,
        number=protocol.version,
        event=protocol.event,
        valid_from=protocol.valid_from,
        valid_to=protocol.valid_to,
        verified_by=protocol.verified_by,
        content=source.content,
        sha256=rules.canonical(source.content),
        published_at=now,
        declared=protocol.declared,
    )
