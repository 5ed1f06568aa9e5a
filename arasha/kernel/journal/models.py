"""The journal's tables. Nobody writes them but the functions of schema `journal`; triggers refuse the rest."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    IntegerBase = models.Field[int | None, int | None]
else:  # Django's own class takes no type parameters
    IntegerBase = models.Field


class TransactionIdField(IntegerBase):
    """PostgreSQL's xid8: the transaction that an open act belongs to."""

    def db_type(self, connection: object) -> str:
        """Return the column type."""
        return "xid8"


class Operation(models.TextChoices):
    """What happened to a row."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"


class Stream(models.Model):
    """One chain of acts: a dossier, person, body, user, the system or the configuration."""

    pk = models.CompositePrimaryKey("kind", "key")
    kind = models.TextField()
    key = models.TextField()
    seq = models.BigIntegerField()
    head = models.BinaryField()


class Act(models.Model):
    """One thing that somebody did, in codes.

    A sealed act has no actor, post, unit, purpose or request, but a random reference. `xid` is set while the act is
    open only. `at` is the domain's moment, `clock_offset` the training clock's offset then, in microseconds,
    `recorded_at` the database's own clock. `leaves` holds 32 bytes for each change, in the order of their ids;
    `hash` covers everything but `xid`, `closed` and `sealed_in`, which is the number of the seal.
    """

    stream_kind = models.TextField()
    stream_key = models.TextField()
    seq = models.BigIntegerField()
    verb = models.TextField()
    codes = models.JSONField()
    actor_user = models.IntegerField(null=True)
    actor_post = models.IntegerField(null=True)
    actor_unit = models.IntegerField(null=True)
    purpose = models.TextField()
    request = models.TextField()
    sealed_reference = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock_offset = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    xid = TransactionIdField(null=True)
    closed = models.BooleanField()
    previous = models.BinaryField()
    leaves = models.BinaryField()
    hash = models.BinaryField(null=True)
    sealed_in = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream_kind", "stream_key", "seq"], name="journal_act_place"),
        ]
        indexes = [
            models.Index(fields=["id"], name="journal_act_unsealed", condition=models.Q(sealed_in__isnull=True)),
            models.Index(fields=["sealed_in"], name="journal_act_sealed", condition=models.Q(sealed_in__isnull=False)),
        ]


class Link(models.Model):
    """An act's place in the chain of another stream that it concerns too."""

    pk = models.CompositePrimaryKey("kind", "key", "seq")
    kind = models.TextField()
    key = models.TextField()
    seq = models.BigIntegerField()
    act = models.ForeignKey(Act, models.PROTECT, related_name="links")
    previous = models.BinaryField()
    hash = models.BinaryField()


class Change(models.Model):
    """One row that an act inserted, updated or deleted.

    `columns` holds the new values of `code` columns and `{"commitment": hex, "facet": bit}` for `personal` and
    `sealed` ones. `scope` ("dossier:<uuid>") is whose vault history keeps the salts; empty when there are none.
    """

    act = models.ForeignKey(Act, models.PROTECT, related_name="changes")
    table_name = models.TextField()
    row_key = models.TextField()
    operation = models.CharField(max_length=1, choices=Operation.choices)
    scope = models.TextField()
    columns = models.JSONField()


class Seal(models.Model):
    """A signed Merkle root over the acts and log rows that no seal covered before, chained to the seal before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    leaves = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    key = models.TextField()
    signature = models.BinaryField()
    hash = models.BinaryField()


class Export(models.Model):
    """A seal that left the database by an exporter."""

    pk = models.CompositePrimaryKey("exporter", "seal")
    exporter = models.TextField()
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="exports")
    recorded_at = models.DateTimeField()


class Source(models.Model):
    """A log table of a higher folder whose rows are sealed beside the acts (the access log)."""

    table_name = models.TextField(primary_key=True)
    key = models.TextField()
