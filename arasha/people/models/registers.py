"""Registers of other bodies: what is loaded from where, each load of it, and by what a row is known again.

A register has two files of access: `register` holds its people and their facts; `dossier` is the intake, which the
importing unit alone is on, with the files as they came, the mapping and what was wrong.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RegisterSource(models.Model):
    """A register that a unit loads again and again: how its files are read is kept with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    register = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    called = models.CharField(max_length=200)
    kind = models.CharField(max_length=24)
    mapping = models.JSONField(null=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-recorded_at"], name="register_of_unit")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "register_id": "code",
            "unit_id": "code",
            "called": "personal",
            "kind": "code",
            "mapping": "personal",
            "recorded_at": "code",
            "ended_at": "code",
        }


class Load(models.Model):
    """One file of a register, or one call of another system, on its way in.

    `last_row` is the row up to which everything is done, so that work goes on there after it was broken off.
    `turn`: the loads of a register stand on one another, one after the other.
    `complete`: whoever is not in this file is no longer in the register.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    source = models.ForeignKey(RegisterSource, models.PROTECT, related_name="+")
    file = models.ForeignKey("vault.KeptFile", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=16)
    refusal = models.CharField(max_length=32, blank=True, default="")
    mapping = models.JSONField(null=True)
    encoding = models.CharField(max_length=16, blank=True, default="")
    sheet = models.CharField(max_length=200, blank=True, default="")
    complete = models.BooleanField(default=False)
    turn = models.IntegerField(null=True)
    about = models.IntegerField(default=0)
    last_row = models.IntegerField(default=0)
    rows_new = models.IntegerField(default=0)
    rows_same = models.IntegerField(default=0)
    rows_changed = models.IntegerField(default=0)
    rows_rejected = models.IntegerField(default=0)
    rows_doubtful = models.IntegerField(default=0)
    rows_gone = models.IntegerField(default=0)
    rows_kept = models.IntegerField(default=0)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["source", "-recorded_at"], name="load_of_register")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "source_id": "code",
            "file_id": "code",
            "state": "code",
            "refusal": "code",
            "mapping": "personal",
            "encoding": "code",
            "sheet": "personal",
            "complete": "code",
            "turn": "code",
            "about": "code",
            "last_row": "code",
            "rows_new": "code",
            "rows_same": "code",
            "rows_changed": "code",
            "rows_rejected": "code",
            "rows_doubtful": "code",
            "rows_gone": "code",
            "rows_kept": "code",
            "unit_id": "code",
            "recorded_at": "code",
            "started_at": "code",
            "ended_at": "code",
        }


class LoadFault(models.Model):
    """What is wrong where in a file: places and codes, never what stands there."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    load = models.ForeignKey(Load, models.PROTECT, related_name="+", db_index=False)
    row_number = models.IntegerField()
    column = models.SmallIntegerField()
    code = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["load", "row_number"], name="fault_of_load")]


class RegisterRow(models.Model):
    """A row of a register that was loaded: keyed hashes of its key and content, the person and facts made of it.

    `key` is of what the row is known by, `also` of names and birth ("" where nobody is named). `parts` are eight bytes
    for each part of the content, in the order of `rules.registers.PARTS`; `facts` the ids of the facts made of it, in
    the order of `rules.registers.FACTS`. `sure`: the key can't be two people's.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(RegisterSource, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    key = models.BinaryField()
    also = models.BinaryField()
    sure = models.BooleanField()
    parts = models.BinaryField()
    facts = ArrayField(models.UUIDField(null=True))
    state = models.CharField(max_length=8)
    made_by = models.ForeignKey(Load, models.PROTECT, related_name="+", db_index=False)
    seen_by = models.ForeignKey(Load, models.PROTECT, related_name="+", db_index=False)
    unmatched = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["source", "key"], name="row_of_register"),
            models.Index(fields=["source", "also"], name="row_by_name", condition=~models.Q(also=b"")),
            models.Index(fields=["person"], name="row_of_person"),
            models.Index(fields=["source", "id"], name="row_unmatched", condition=models.Q(unmatched=True)),
        ]


class LoadChange(models.Model):
    """What a load changed of a row that was there, as it was before: so that the load can be taken back whole."""

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.PROTECT, related_name="+", db_index=False)
    row = models.ForeignKey(RegisterRow, models.PROTECT, related_name="+", db_index=False)
    key = models.BinaryField()
    also = models.BinaryField()
    sure = models.BooleanField()
    parts = models.BinaryField()
    facts = ArrayField(models.UUIDField(null=True))
    called = models.CharField(max_length=200)
    sex = models.CharField(max_length=8)
    birth_first = models.DateField(null=True)
    birth_last = models.DateField(null=True)
    birth_how = models.CharField(max_length=8)

    class Meta:
        indexes = [models.Index(fields=["load", "id"], name="change_of_load")]
