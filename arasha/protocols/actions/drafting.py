"""Somebody proposes a text: it stands as a draft, obliges nobody, and is reviewed by somebody else."""

import json
from datetime import datetime

from django.db import transaction

from arasha.kernel.access.models import Function
from arasha.kernel.access.rules import Actor, Conflict
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import configuration_stream
from arasha.law.queries import known_keys
from arasha.protocols import policy, rules
from arasha.protocols.actions.calling import call
from arasha.protocols.models import ProtocolVersion

STREAM = configuration_stream("protocols")


class NumberTaken(ValueError):
    """A version of the procedure with this number, or a higher one, is there already; `highest` says which."""

    def __init__(self, highest: int) -> None:
        super().__init__(str(highest))
        self.highest = highest


def draft(*, actor: Actor, text: str, file: str, now: datetime) -> ProtocolVersion:
    """Keep a procedure's text as a new version that is a draft, whatever standing it declares.

    Args:
        actor: who proposes it; becomes its author, who can't review it.
        text: the YAML.
        file: what to call it in errors.
        now: the domain's moment.

    Raises:
        NotAllowed: the post drafts no procedures.
        FaultyProtocol: the text is not what it should be; file, line, reason.
        NumberTaken: it needs a higher number.
    """
    if not policy.may_draft(actor):
        raise policy.NotAllowed
    source = rules.read(text, file)
    functions = frozenset(Function.objects.values_list("code", flat=True))
    rules.check_references(source, functions=functions, acts=known_keys())
    protocol, digest = rules.Protocol.from_content(source.content), rules.canonical(source.content)
    codes = {"protocol": protocol.code, "version": protocol.version, "sha256": digest}
    with transaction.atomic():
        try:
            with transaction.atomic(), act(verb="draft_protocol", stream=STREAM, now=now, codes=codes):
                made = _insert(protocol, json.dumps(source.content), digest, now)
        except Conflict as taken:
            numbers = ProtocolVersion.objects.filter(code=protocol.code).values_list("number", flat=True)
            raise NumberTaken(max(numbers, default=protocol.version)) from taken
        return ProtocolVersion.objects.get(pk=made)


def _insert(protocol: rules.Protocol, content: str, digest: str, now: datetime) -> int:
    values = (
        *(protocol.code, protocol.version, protocol.event, protocol.valid_from, protocol.valid_to),
        *(protocol.verified_by, content, digest, now),
    )
    return int(call("draft", *values))
