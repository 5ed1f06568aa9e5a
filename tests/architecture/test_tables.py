"""Foreign keys point down the stack, and a stranger's row never grows an attribute of ours."""

import configparser

from django.apps import apps
from django.db import models

from tests.architecture.tree import PACKAGE, part_of


def heights() -> dict[str, int]:
    """Return how high each part stands: the larger, the higher."""
    contract = configparser.ConfigParser()
    contract.read(PACKAGE.parent / ".importlinter")
    order: dict[str, int] = {}
    for section in ("importlinter:contract:kernel", "importlinter:contract:house"):
        prefix = "kernel." if section.endswith("kernel") else ""
        rows = [row.strip() for row in contract[section]["layers"].splitlines() if row.strip()]
        base = len(order)
        for height, row in enumerate(reversed(rows)):
            for name in row.replace("|", " ").split():
                order.setdefault(prefix + name.strip("()"), base + height)
    return order


def test_foreign_keys_point_down_and_leave_no_trace_there() -> None:
    order, wrong = heights(), []
    for model in apps.get_models(include_auto_created=True):
        own, _ = part_of(model.__module__) if model.__module__.startswith("arasha.") else ("", "")
        if not own:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField):
                continue
            target = field.related_model
            if not isinstance(target, type) or not target.__module__.startswith("arasha."):
                continue
            other, _ = part_of(target.__module__)
            if other == own:
                continue
            if order[other] >= order[own]:
                wrong.append(f"{model.__name__}.{field.name} points up to {other}")
            if field.remote_field.related_name != "+":
                wrong.append(f"{model.__name__}.{field.name} needs related_name='+'")
    assert not wrong
