"""Bodies, their units and posts, and the reference tables that say what a function may see."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

KATO_LENGTH = 9


class Named(models.Model):
    """A name in three languages; `name` is the reader's."""

    name_kk = models.TextField()
    name_ru = models.TextField()
    name_en = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language that is active, Kazakh when none is."""
        return str(getattr(self, f"name_{(get_language() or 'kk')[:2]}", self.name_kk))


class Body(Named):
    """An organisation: a police department, a polyclinic, a school, an institution, an NGO."""

    class Journal:
        classes = {
            "id": "code",
            "name_kk": "code",
            "name_ru": "code",
            "name_en": "code",
            "code": "code",
            "sector": "code",
            "kind": "code",
            "protected": "code",
            "valid_from": "code",
            "valid_to": "code",
            "territory_id": "code",
        }

    code = models.TextField(unique=True)
    sector = models.TextField()
    kind = models.TextField()
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    protected = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="body_valid")
        ]


class Unit(Named):
    """An office of a body that serves a territory; the seat of duties.

    `phone` is the number at which its door is reached, NULL where nobody has said: so the journal of earlier rows fits.
    """

    class Journal:
        classes = {
            "id": "code",
            "name_kk": "code",
            "name_ru": "code",
            "name_en": "code",
            "code": "code",
            "around_the_clock": "code",
            "opens": "code",
            "closes": "code",
            "phone": "code",
            "valid_from": "code",
            "valid_to": "code",
            "body_id": "code",
            "parent_id": "code",
            "territory_id": "code",
        }

    body = models.ForeignKey(Body, models.PROTECT, related_name="units")
    code = models.TextField(unique=True)
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    around_the_clock = models.BooleanField(default=False)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    phone = models.TextField(null=True)  # noqa: DJ001 - see the class's words
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="unit_valid"),
            models.CheckConstraint(
                condition=Q(around_the_clock=True) | Q(opens=None, closes=None) | Q(closes__gt=F("opens")),
                name="unit_hours",
            ),
        ]


class Function(models.Model):
    """What a unit is there for, and the facets that this opens at most (reference data).

    `sensitive`: given to a unit, and its posts filled, by two persons only.
    """

    code = models.TextField(primary_key=True)
    label_kk = models.TextField()
    label_ru = models.TextField()
    label_en = models.TextField()
    reads = models.BigIntegerField()
    writes = models.BigIntegerField()
    scope = models.TextField(default="", blank=True)
    daily_limit = models.IntegerField()
    sensitive = models.BooleanField(default=True)
    verified_by = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.code


class Facet(models.Model):
    """A part of a file that is opened or sealed as a whole; its bit in the masks (reference data)."""

    bit = models.SmallIntegerField(primary_key=True)
    code = models.TextField(unique=True)
    sealed = models.BooleanField()
    label_kk = models.TextField()
    label_ru = models.TextField()
    label_en = models.TextField()

    def __str__(self) -> str:
        return self.code


class PartFacet(models.Model):
    """One cell of the table part × facet (reference data)."""

    part = models.TextField()
    facet = models.ForeignKey(Facet, models.PROTECT)
    reads = models.BooleanField()
    writes = models.BooleanField()
    verified_by = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "facet"], name="part_facet_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.facet_id}"


class UnitFunction(models.Model):
    """A unit's entitlement to a function for a territory and a time: how a duty finds its body."""

    class Journal:
        classes = {
            "id": "code",
            "since": "code",
            "until": "code",
            "function_id": "code",
            "territory_id": "code",
            "unit_id": "code",
        }

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="functions")
    function = models.ForeignKey(Function, models.PROTECT, related_name="+")
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="unit_function_period")
        ]
        indexes = [models.Index(fields=["function", "territory"], name="unit_function_served")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.function_id}"


class Post(models.Model):
    """A seat in a unit. `functions`, where set, narrows the unit's functions to some of them.

    `rank` is "head" for the seat that answers for the unit, else NULL: so the journal of earlier rows fits.
    """

    class Journal:
        classes = {
            "id": "code",
            "title_kk": "code",
            "title_ru": "code",
            "title_en": "code",
            "functions": "code",
            "scope": "code",
            "since": "code",
            "until": "code",
            "rank": "code",
            "holder_id": "code",
            "unit_id": "code",
        }

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title_kk = models.TextField()
    title_ru = models.TextField()
    title_en = models.TextField()
    functions = ArrayField(models.TextField(), null=True)
    scope = models.TextField(default="", blank=True)
    rank = models.TextField(null=True)  # noqa: DJ001 - see the class's words
    holder = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="posts")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="post_period"),
            models.CheckConstraint(condition=Q(scope__in=["", "nation"]), name="post_scope"),
            models.CheckConstraint(condition=Q(rank=None) | Q(rank="head"), name="post_rank"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language that is active, Kazakh when none is."""
        return str(getattr(self, f"title_{(get_language() or 'kk')[:2]}", self.title_kk))


class Tenure(models.Model):
    """Who held a post from when to when; kept by a trigger on posts, for bars look back 24 months."""

    class Journal:
        classes = {
            "id": "code",
            "since": "code",
            "until": "code",
            "body_id": "code",
            "post_id": "code",
            "user_id": "code",
        }

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="tenures")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user"], name="tenure_user")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"
