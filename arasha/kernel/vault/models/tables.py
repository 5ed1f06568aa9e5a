"""The vault's three tables in the main database. None of them holds a key."""

from django.db import models

from arasha.kernel.vault.rules import ScopeKind


class ScannedCode(models.TextChoices):
    """What the virus scanner said; codes, never shown as they stand."""

    CLEAN = "clean"
    NOT_CONFIGURED = "not_configured"
    INFECTED = "infected"


class History(models.Model):
    """An earlier value of a `personal` or `sealed` column, and the salt of its commitment in the journal.

    Written by the journal's row trigger only. Erasing the scope empties `salt` and `old_value`; nothing else
    may ever change a row (held by trigger).
    """

    change_id = models.BigIntegerField(db_index=True)
    column_name = models.TextField()
    salt = models.BinaryField(null=True)
    old_value = models.BinaryField(null=True)
    scope_kind = models.TextField(choices=ScopeKind.choices)
    scope_key = models.UUIDField()
    facet = models.SmallIntegerField()
    erased_by_act = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["scope_key", "facet"], name="vault_history_scope")]


class Erasure(models.Model):
    """One scope erased for good: the database's half of the erasure ledger. Append-only (held by trigger)."""

    id = models.UUIDField(primary_key=True)
    scope_kind = models.TextField(choices=ScopeKind.choices)
    scope_key = models.UUIDField()
    facet = models.SmallIntegerField()
    at = models.DateTimeField()
    final_on = models.DateField()
    legal_basis = models.TextField()
    act_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope_key", "facet", "scope_kind"], name="vault_erasure_once"),
        ]


class KeptFile(models.Model):
    """A file kept sealed under a dossier's facet. Its content lies in ARASHA_FILES under its random id.

    `size` is the served copy's, in bytes. Name and SHA-256 of what was received are sealed: a hash in clear
    would let whoever holds a backup ask whether a known letter or picture is in it.
    """

    id = models.UUIDField(primary_key=True)
    dossier_id = models.UUIDField(db_index=True)
    facet = models.SmallIntegerField()
    content_type = models.TextField()
    size = models.BigIntegerField()
    sealed_name = models.BinaryField()
    sealed_sha256 = models.BinaryField()
    reencoded = models.BooleanField()
    scanned = models.TextField(choices=ScannedCode.choices)
    created_at = models.DateTimeField()

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "content_type": "code",
            "size": "code",
            "sealed_name": "sealed",
            "sealed_sha256": "sealed",
            "reencoded": "code",
            "scanned": "code",
            "created_at": "code",
        }
