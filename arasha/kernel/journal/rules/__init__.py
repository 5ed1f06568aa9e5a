"""What the journal is made of, without a database: streams, codes, triggers' SQL, hashes and seals."""

from arasha.kernel.journal.rules.codes import ERASE, RESTORE, NotACode, checked_codes, checked_verb, erasure_codes
from arasha.kernel.journal.rules.errors import ActInsideAct, ActMisuse, JournalError, NoAct, NotTheSealer, from_database
from arasha.kernel.journal.rules.seals import EPOCH, Leaf, SealFile, SealText, in_order, merkle_root, moment_text
from arasha.kernel.journal.rules.streams import (
    Stream,
    body_stream,
    configuration_stream,
    dossier_stream,
    person_stream,
    system_stream,
    user_stream,
)
from arasha.kernel.journal.rules.triggers import SEALED_TABLES, log_journal, row_function, row_journal

__all__ = [
    "EPOCH",
    "ERASE",
    "RESTORE",
    "SEALED_TABLES",
    "ActInsideAct",
    "ActMisuse",
    "JournalError",
    "Leaf",
    "NoAct",
    "NotACode",
    "NotTheSealer",
    "SealFile",
    "SealText",
    "Stream",
    "body_stream",
    "checked_codes",
    "checked_verb",
    "configuration_stream",
    "dossier_stream",
    "erasure_codes",
    "from_database",
    "in_order",
    "log_journal",
    "merkle_root",
    "moment_text",
    "person_stream",
    "row_function",
    "row_journal",
    "system_stream",
    "user_stream",
]
