"""A child's plan: goals and actions in versions; who agreed; what became of each goal and action."""

import uuid

from django.db import models
from django.db.models import Q

STATES = ("draft", "agreed", "replaced", "ended", "laid_aside")
ACTION_STATES = ("open", "done", "not_done")


class ChildPlan(models.Model):
    """One version of a plan: the child's (`person` empty), or the one held apart for an adult of the file.

    A draft is written by several; with its agreement it stands, and the next version takes its place. `edits` counts
    what was written into the draft: it is agreed as it was seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.TextField(default="draft")
    edits = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(default="", blank=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="child_plan_state"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "laid_aside"], agreed_at=None)
                | Q(state__in=["agreed", "replaced", "ended"], agreed_at__isnull=False, review_on__isnull=False),
                name="child_plan_agreed",
            ),
            models.UniqueConstraint(
                fields=["dossier", "person", "number"], name="child_plan_numbered", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["dossier", "person"], condition=Q(state="draft"), name="child_plan_draft", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["dossier", "person"], condition=Q(state="agreed"), name="child_plan_one", nulls_distinct=False
            ),
        ]

    class Journal:
        classes = dict.fromkeys(
            [
                "id",
                "dossier_id",
                "person_id",
                "number",
                "state",
                "edits",
                "begun_at",
                "agreed_at",
                "review_on",
                "ended_at",
                "end_reason",
                "unit_id",
                "user_id",
            ],
            "code",
        )


class PlanGoal(models.Model):
    """What is to become better, in somebody's words; `root` is the same goal through all versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ChildPlan, models.PROTECT, related_name="goals")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    root = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    need = models.TextField()
    voice = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    dropped = models.BooleanField(default=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "root"], name="plan_goal_once")]

    class Journal:
        classes = dict.fromkeys(
            ["id", "plan_id", "dossier_id", "root", "position", "need", "voice", "revision", "dropped"], "code"
        ) | {"sealed": "sealed"}


class PlanAction(models.Model):
    """What somebody does towards a goal by a day; a unit's one obliges it once it is agreed (`obligations.about`).

    `root` is the same action through all versions. `state` says what became of the child's or an adult's own action;
    a unit's stands as its duty stands. `at_once`: it is owed before the plan is agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ChildPlan, models.PROTECT, related_name="actions")
    goal = models.ForeignKey(PlanGoal, models.PROTECT, related_name="actions", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    root = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    owner = models.TextField(default="", blank=True)
    owner_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    owner_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    service = models.TextField(default="", blank=True)
    due_on = models.DateField(null=True)
    at_once = models.BooleanField(default=False)
    state = models.TextField(default="open")
    revision = models.PositiveIntegerField(default=1)
    dropped = models.BooleanField(default=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ACTION_STATES), name="plan_action_state"),
            models.CheckConstraint(
                condition=Q(owner="unit", owner_unit__isnull=False, owner_person=None)
                | Q(owner="person", owner_unit=None, owner_person__isnull=False)
                | Q(owner__in=["", "child"], owner_unit=None, owner_person=None),
                name="plan_action_owner",
            ),
            models.UniqueConstraint(fields=["plan", "root"], name="plan_action_once"),
        ]
        indexes = [models.Index(fields=["root"], name="plan_action_root")]

    class Journal:
        classes = dict.fromkeys(
            [
                "id",
                "plan_id",
                "goal_id",
                "dossier_id",
                "root",
                "position",
                "owner",
                "owner_unit_id",
                "owner_person_id",
                "service",
                "due_on",
                "at_once",
                "state",
                "revision",
                "dropped",
            ],
            "code",
        ) | {"sealed": "sealed"}


class PlanVoice(models.Model):
    """How the child or an adult agreed to a version, or why not, with their words; none ever changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ChildPlan, models.PROTECT, related_name="voices")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    party = models.TextField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.TextField(default="", blank=True)
    why_not = models.TextField(default="", blank=True)
    silent = models.BooleanField(default=False)
    at = models.DateTimeField()
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="") & ~Q(why_not="") | ~Q(way="") & Q(why_not=""), name="plan_voice_or_why"
            ),
        ]

    class Journal:
        classes = dict.fromkeys(
            ["id", "plan_id", "dossier_id", "party", "person_id", "way", "why_not", "silent", "at"], "code"
        ) | {"sealed": "sealed"}


class PlanMark(models.Model):
    """What became of a goal or an action, as somebody said it; none ever changes, the newest counts.

    `root` is the goal's or action's through all versions; `code` of the list of marks, of states, or of reasons.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ChildPlan, models.PROTECT, related_name="marks")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    root = models.UUIDField()
    kind = models.TextField()
    code = models.TextField()
    reason = models.TextField(default="", blank=True)
    on = models.DateField(null=True)
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["root", "at"], name="plan_mark_root")]

    class Journal:
        classes = dict.fromkeys(
            ["id", "plan_id", "dossier_id", "root", "kind", "code", "reason", "on", "at", "unit_id", "user_id"], "code"
        ) | {"sealed": "sealed"}
